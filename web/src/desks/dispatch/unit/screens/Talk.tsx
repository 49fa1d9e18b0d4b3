import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageLine } from '../../Messages';
import { act } from '../offline/store';
import type { Day } from '../types';
import classes from '../unit.module.css';

/** Words with the centre: written without a network too. What the centre wrote is marked as read when it is seen. */
export function Talk({ day }: { day: Day }) {
  const { t } = useTranslation('unit');
  const [text, setText] = useState('');
  const end = useRef<HTMLLIElement>(null);
  const marked = useRef(0);
  const newest = day.messages.at(-1)?.id;
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [newest]);
  const upTo = day.messages.findLast((one) => !one.from_unit && one.read_ms === null)?.came_ms;
  useEffect(() => {
    if (upTo === undefined || upTo <= marked.current || document.visibilityState !== 'visible') return;
    marked.current = upTo;
    void act('read', { up_to_ms: upTo });
  }, [upTo]);
  const send = () => {
    if (!text.trim()) return;
    void act('message', { text: text.trim() });
    setText('');
  };
  return (
    <section className={classes.section}>
      <h2>{t('messages')}</h2>
      {day.messages.length > 0 && (
        <ol className={classes.messages} aria-label={t('messages')}>
          {day.messages.map((one) => (
            <MessageLine key={one.id} one={one} mine={one.from_unit} />
          ))}
          <li ref={end} aria-hidden />
        </ol>
      )}
      <Textarea
        autosize
        minRows={2}
        size="md"
        maxLength={1000}
        aria-label={t('write')}
        placeholder={t('write')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="lg" variant="default" disabled={!text.trim()} onClick={send}>
        {t('send')}
      </Button>
    </section>
  );
}

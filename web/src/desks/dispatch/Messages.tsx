import { Button, Group, TextInput } from '@mantine/core';
import { IconCheck, IconChecks } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { newId, useDraft, useFormat } from '@/kit';
import classes from './dispatch.module.css';
import { messagesQuery } from './queries';
import type { Message, Unit } from './types';

/** What was said with a unit; what it wrote is marked as read while it is looked at. */
export function Messages({ unit, mayWork }: { unit: Unit; mayWork: boolean }) {
  const { t } = useTranslation('dispatch');
  const client = useQueryClient();
  const messages = useQuery(messagesQuery(unit.id)).data;
  const end = useRef<HTMLLIElement>(null);
  const newest = messages?.at(-1)?.id;
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [newest]);

  const upTo = messages?.findLast((one) => one.from_unit && one.read_ms === null)?.came_ms;
  useEffect(() => {
    if (!mayWork || upTo === undefined) return;
    const read = () => {
      if (document.visibilityState !== 'visible') return;
      // Not marked now, it is when the next one comes or the unit is opened again.
      api.post(`/units/${unit.id}/messages/read`, { up_to_ms: upTo }).then(
        () => client.invalidateQueries({ queryKey: ['dispatch'] }),
        () => undefined,
      );
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [client, mayWork, unit.id, upTo]);

  return (
    <>
      <h3 className={classes.heading}>{t('messages')}</h3>
      {messages && messages.length > 0 ? (
        <ol className={classes.messages} aria-label={t('messages')}>
          {messages.map((one) => (
            <MessageLine key={one.id} one={one} />
          ))}
          <li ref={end} aria-hidden />
        </ol>
      ) : (
        <p className={classes.faint}>{t('no_messages')}</p>
      )}
      {mayWork && <Writing unit={unit} />}
    </>
  );
}

export function MessageLine({ one, mine = !one.from_unit }: { one: Message; mine?: boolean }) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const Read = one.read_ms === null ? IconCheck : IconChecks;
  return (
    <li className={classes.message} data-mine={mine || undefined}>
      <span className={classes.messageText}>{[format.name(one.said), one.text].filter(Boolean).join(' ')}</span>
      <span className={classes.messageFoot}>
        {one.by || t('centre')} · {format.when(one.at_ms)}
        {mine && (
          <Read
            size={14}
            aria-label={one.read_ms === null ? t('not_read') : t('read', { time: format.when(one.read_ms) })}
          />
        )}
      </span>
    </li>
  );
}

const EMPTY = { text: '', key: '' };

function Writing({ unit }: { unit: Unit }) {
  const { t } = useTranslation('dispatch');
  const client = useQueryClient();
  const { values, change, reset } = useDraft(`unit.message.${unit.id}`, EMPTY);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const text = values.text.trim();
    if (!text) return;
    const key = values.key || newId(); // the same for a second try
    change({ key });
    setBusy(true);
    setFailure('');
    try {
      await api.post(`/units/${unit.id}/messages`, { key, text });
      reset(EMPTY);
      void client.invalidateQueries({ queryKey: ['dispatch', 'messages', unit.id] });
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <Group gap={6} align="start" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('write', { unit: unit.call_sign })}
          placeholder={t('write', { unit: unit.call_sign })}
          maxLength={1000}
          value={values.text}
          error={failure}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <Button size="xs" type="submit" variant="default" loading={busy}>
          {t('send')}
        </Button>
      </Group>
    </form>
  );
}

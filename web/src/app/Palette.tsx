import { Modal, ScrollArea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconListSearch, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { sentenceOf } from '@/api/client';
import { moved, NONE } from '@/desks/search/chosen';
import { HitLine } from '@/desks/search/HitLine';
import hitClasses from '@/desks/search/hits.module.css';
import type { Hit } from '@/desks/search/types';
import { useHits, usePagesNamed } from '@/desks/search/useHits';
import classes from './Palette.module.css';

interface Item extends Hit {
  group: string;
}

/** Finds cameras, premises, places, everything else with a name, and actions, in Devanagari, Latin letters or transliteration. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const typed = text.trim();
  const [sought] = useDebouncedValue(typed, 120);
  const [chosen, setChosen] = useState<number | null>(null);
  const found = useHits(sought);
  const pages = usePagesNamed(text);
  const toAll = typed ? `/search?q=${encodeURIComponent(typed)}` : '/search';

  const items = useMemo<Item[]>(() => {
    const groups = typed ? [...found.groups, pages] : [pages];
    const lines = groups.flatMap((group) => group.hits.map((hit) => ({ ...hit, group: group.name })));
    if (!typed) return lines;
    const icon = <IconListSearch size={18} stroke={1.6} aria-hidden />;
    return [...lines, { id: 'all', group: '', icon, label: t('search:all', { text: typed }), to: toAll }];
  }, [found.groups, pages, t, toAll, typed]);

  // What stands there may answer an earlier letter: until it answers this one, Enter takes none of it by itself.
  const isOld = typed !== sought || found.isStale || found.isPending;
  const at = Math.min(chosen ?? (isOld ? NONE : 0), items.length - 1);
  const go = (to: string) => {
    onClose();
    void navigate(to);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="10vh"
      size="lg"
      padding={0}
      aria-label={t('search.open')}
    >
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        px="md"
        leftSection={<IconSearch size={18} />}
        placeholder={t('search.hint')}
        aria-label={t('search.open')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen(moved(at, 1, items.length));
          else if (event.key === 'ArrowUp') setChosen(moved(at, -1, items.length));
          else if (event.key === 'Enter') go(items[at]?.to ?? toAll);
          else return;
          event.preventDefault();
        }}
      />
      <ScrollArea.Autosize mah="60vh" className={classes.list} role="listbox">
        {items.map((item, index) => (
          <div key={item.group + item.id}>
            {item.group !== items[index - 1]?.group && <div className={classes.group}>{item.group}</div>}
            <div
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={hitClasses.line}
              ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onMouseMove={() => setChosen(index)}
              onClick={() => go(item.to)}
              onKeyDown={(event) => event.key === 'Enter' && go(item.to)}
            >
              <HitLine hit={item} />
            </div>
          </div>
        ))}
        {found.error && <div className={classes.empty}>{sentenceOf(found.error)}</div>}
        {typed && items.length === 1 && !isOld && !found.error && (
          <div className={classes.empty}>{t('search.nothing', { text })}</div>
        )}
      </ScrollArea.Autosize>
    </Modal>
  );
}

import { Modal, ScrollArea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconFileSearch, IconMapPin, IconSearch, type Icon } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { useMe } from '@/api/queries';
import type { MoreAnswer, SearchAnswer } from '@/api/types';
import { StatusIcon, useFormat } from '@/kit';
import { actions, rail } from './routes';
import classes from './Palette.module.css';
import { Keys } from './ShortcutSheet';

interface Item {
  id: string;
  group: string;
  icon: ReactNode;
  label: string;
  note?: string;
  keys?: string;
  to: string;
}

const iconOf = (Found?: Icon) => (Found ? <Found size={18} stroke={1.6} aria-hidden /> : null);

/** Finds cameras, premises, places, everything else with a name, and actions, in Devanagari, Latin letters or transliteration. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  const format = useFormat();
  const navigate = useNavigate();
  const permissions = useMe()?.permissions;
  const [text, setText] = useState('');
  const [sought] = useDebouncedValue(text.trim(), 120);
  const [chosen, setChosen] = useState(0);
  const found = useQuery({
    queryKey: ['search', sought],
    queryFn: ({ signal }) => api.get<SearchAnswer>('/search', { q: sought }, signal),
    enabled: sought.length > 0,
    placeholderData: keepPreviousData,
  });
  const more = useQuery({
    queryKey: ['search', 'more', sought],
    queryFn: ({ signal }) => api.get<MoreAnswer>('/search/more', { q: sought }, signal),
    enabled: sought.length > 0,
    placeholderData: keepPreviousData,
  });

  const items = useMemo<Item[]>(() => {
    const allowed = (one: { permission?: string }) => !one.permission || permissions?.includes(one.permission);
    const lowered = text.trim().toLowerCase();
    const pages: Item[] = [...actions.filter(allowed), ...rail.filter(allowed)]
      .map((one) => ({
        id: one.to + one.label,
        group: t('search.actions'),
        icon: iconOf(one.icon),
        label: t(one.label),
        ...(one.keys ? { keys: one.keys } : {}),
        to: one.to,
      }))
      .filter((one) => !lowered || one.label.toLowerCase().includes(lowered));
    const answer = sought ? found.data : undefined;
    const cameras = (answer?.cameras ?? []).map<Item>((camera) => ({
      id: camera.id,
      group: t('search.cameras'),
      icon: <StatusIcon status={camera.status} />,
      label: format.name(camera.name),
      note: `${camera.reg_id} · ${format.name(camera.jurisdiction.name)}`,
      to: `/cameras/${camera.id}`,
    }));
    const premises = (answer?.premises ?? []).map<Item>((one) => ({
      id: one.id,
      group: t('search.premises'),
      icon: iconOf(IconBuilding),
      label: format.name(one.name),
      to: `/premises/${one.id}`,
    }));
    const places = (answer?.places ?? []).map<Item>((place) => ({
      id: place.path,
      group: t('search.places'),
      icon: iconOf(IconMapPin),
      label: format.name(place.name),
      note: t(`level.${place.level}`),
      to:
        place.lon === null || place.lat === null
          ? `/cameras?jurisdiction=${place.path}`
          : `/?jurisdiction=${place.path}&at=${place.lon},${place.lat},14`,
    }));
    const others = (sought ? (more.data?.groups ?? []) : []).flatMap((group) =>
      group.items.map<Item>((one) => ({
        id: one.id,
        group: format.name(group.name),
        icon: iconOf(IconFileSearch),
        label: format.name(one.title),
        note: one.note,
        to: one.to,
      })),
    );
    return [...cameras, ...premises, ...places, ...others, ...pages];
  }, [found.data, more.data, format, permissions, sought, t, text]);

  const go = (item: Item | undefined) => {
    if (!item) return;
    onClose();
    void navigate(item.to);
  };
  const at = Math.min(chosen, items.length - 1);
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
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, items.length - 1));
          else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
          else if (event.key === 'Enter') go(items[at]);
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
              className={classes.item}
              ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onMouseMove={() => setChosen(index)}
              onClick={() => go(item)}
              onKeyDown={(event) => event.key === 'Enter' && go(item)}
            >
              {item.icon}
              <span className={classes.label}>{item.label}</span>
              {item.note && <span className={classes.note}>{item.note}</span>}
              {item.keys && <Keys keys={item.keys} />}
            </div>
          </div>
        ))}
        {found.isError && <div className={classes.empty}>{sentenceOf(found.error)}</div>}
        {items.length === 0 && !found.isFetching && !found.isError && (
          <div className={classes.empty}>{t('search.nothing', { text })}</div>
        )}
      </ScrollArea.Autosize>
    </Modal>
  );
}

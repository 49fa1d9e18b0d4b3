import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useSyncExternalStore,
  type MouseEvent,
  type Ref,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';
import { useFormat, useNow } from '@/kit';
import classes from './alarms.module.css';
import { SeverityMark } from './Mark';
import { alarmStore } from './store';
import type { AlarmRow } from './types';

const ROW_PX = 58;
const AGES_EVERY_MS = 10_000;

export interface ListHandle {
  show: (index: number) => void;
  top: () => void;
}

interface Props {
  ids: string[];
  cursor: string | null;
  selected: ReadonlySet<string>;
  areaName: (path: string) => Name | undefined;
  onOpen: (id: string) => void;
  onSelect: (id: string, range: boolean) => void;
  handle: Ref<ListHandle>;
}

/** Ten thousand alarms of which only those in sight are drawn. Keys belong to the page. */
export function AlarmList({ ids, cursor, selected, areaName, onOpen, onSelect, handle }: Props) {
  const { t } = useTranslation('alarms');
  const scroller = useRef<HTMLDivElement>(null);
  useSyncExternalStore(alarmStore.subscribe, alarmStore.snapshot);
  const now = useNow(AGES_EVERY_MS);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    getItemKey: (index) => ids[index] ?? index,
  });
  useImperativeHandle(
    handle,
    () => ({
      show: (index) => virtual.scrollToIndex(index),
      top: () => virtual.scrollToOffset(0),
    }),
    [virtual],
  );
  // Handlers may change with every key; the rows need not be drawn anew for that.
  const latest = useRef({ onOpen, onSelect });
  useEffect(() => {
    latest.current = { onOpen, onSelect };
  });
  const click = useCallback((id: string, event: MouseEvent) => {
    const box = (event.target as HTMLElement).closest('[data-box]');
    if (box || event.shiftKey || event.ctrlKey || event.metaKey) latest.current.onSelect(id, event.shiftKey);
    else latest.current.onOpen(id);
  }, []);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={t('title')}
      aria-rowcount={ids.length}
      aria-multiselectable
    >
      <div className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = alarmStore.get(String(key));
          if (!row) return null;
          return (
            <Row
              key={key}
              row={row}
              index={index}
              start={start}
              now={now}
              area={areaName(row.jurisdiction)}
              isCursor={row.id === cursor}
              isSelected={selected.has(row.id)}
              onClick={click}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  row: AlarmRow;
  index: number;
  start: number;
  now: number;
  area: Name | undefined;
  isCursor: boolean;
  isSelected: boolean;
  onClick: (id: string, event: MouseEvent) => void;
}

const Row = memo(function Row({ row, index, start, now, area, isCursor, isSelected, onClick }: RowProps) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const { handling } = row;
  const isNew = handling.state === 'new' && !row.test;
  const place = row.camera ? format.name(row.camera.name) : '';
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      data-cursor={isCursor || undefined}
      data-state={handling.state}
      data-severity={row.severity}
      data-alarm={row.id}
      onClick={(event) => onClick(row.id, event)}
    >
      <span role="gridcell" className={classes.box} data-box data-checked={isSelected || undefined} aria-hidden />
      <span role="gridcell" className={classes.markCell}>
        <SeverityMark severity={row.severity} pulse={isNew} />
      </span>
      <span role="gridcell" className={classes.what}>
        <span className={classes.name}>
          {format.name(row.name)}
          {row.count > 1 && <span className={classes.tag}>×{format.number(row.count)}</span>}
          {row.flood && <span className={classes.tag}>{t('flood')}</span>}
          {row.test && <span className={classes.tag}>{t('test')}</span>}
          {(row.late || row.skewed) && <span className={classes.tag}>{t(row.skewed ? 'skewed' : 'late')}</span>}
        </span>
        <span className={classes.where}>
          {[
            place || row.text,
            row.cameras > 1 && t('cameras', { count: row.cameras, number: format.number(row.cameras) }),
            format.name(area),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span role="gridcell" className={classes.side}>
        <time
          className={classes.age}
          dateTime={new Date(row.first_ms).toISOString()}
          title={format.dateTime(row.first_ms)}
        >
          {format.ago(row.first_ms, Math.max(now, row.first_ms))}
        </time>
        <StateWord row={row} />
      </span>
    </div>
  );
});

function StateWord({ row: { handling, test } }: { row: AlarmRow }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const who =
    handling.state === 'assigned'
      ? (handling.assignee?.name ?? handling.post)
      : handling.state === 'closed'
        ? handling.closed?.by
        : handling.acknowledged?.by;
  return (
    <span className={classes.state} data-state={handling.state}>
      {handling.level > 0 && handling.state === 'new' && !test && (
        <span className={classes.level} title={t('level_title', { number: format.number(handling.level) })}>
          ↑{format.number(handling.level)}
        </span>
      )}
      {handling.state === 'closed' && handling.verdict
        ? t(`verdict.${handling.verdict}`)
        : t(`state.${handling.state}`)}
      {who ? ` · ${who}` : ''}
    </span>
  );
}

import { Button } from '@mantine/core';
import { IconArrowUp, IconBellOff, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { jurisdictionsQuery, useCan, useMe } from '@/api/queries';
import { useEventTap } from '@/api/useEvents';
import { EmptyState, ErrorState, LoadingRows, useFormat, useSearch, useShortcut } from '@/kit';
import { useActs, type Act } from './acts';
import { AlarmList, type ListHandle } from './AlarmList';
import classes from './alarms.module.css';
import { BulkBar } from './BulkBar';
import { AlarmPanel } from './detail/AlarmPanel';
import { AcknowledgeDialog, CloseDialog, ConflictDialog, PassOnDialog } from './dialogs';
import { FilterBar } from './FilterBar';
import { NO_FILTERS, type Filters, type Order } from './queue';
import { queueQuery } from './queries';
import { alarmStore } from './store';
import { SEVERITIES, type AlarmRow } from './types';
import { useShown } from './useShown';

const FOLLOW_MS = 250;
const PAGE_ROWS = 10;
type Asking = { act: Act | 'pass_on'; rows: AlarmRow[] } | null;

/** The queue: open alarms, one of them beside it, everything by key. */
export function Component() {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const navigate = useNavigate();
  const me = useMe()?.id;
  const mayWork = useCan('alarm.work');
  const mayOpenIncident = useCan('incident.work');
  const { search, set } = useSearch();
  const [filters, setFilters] = useFilters(search);
  const [order, setOrder] = useState<Order>('newest');
  const [cursor, setCursor] = useState<string | null>(search.get('open'));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking>(null);
  const list = useRef<ListHandle>(null);
  const anchor = useRef<string | null>(null);

  useEventTap(useCallback((event) => alarmStore.take(event), []));
  const { error, refetch, isPending } = useQuery(queueQuery);
  useSyncExternalStore(alarmStore.subscribe, alarmStore.snapshot);
  const { ids, waiting, refresh } = useShown(filters, order, me);
  const { send, conflict, settle } = useActs();
  const areas = useQuery(jurisdictionsQuery()).data;
  const areaName = useMemo(() => {
    const names = new Map(areas?.map((area) => [area.path, area.name]));
    return (path: string) => names.get(path);
  }, [areas]);

  const open = search.get('open');
  const setOpen = useCallback((id: string | null) => set('open', id), [set]);
  useFollow(open !== null && cursor !== null && cursor !== open, cursor, setOpen);

  const move = (by: number) => {
    if (ids.length === 0) return;
    const at = cursor ? ids.indexOf(cursor) : -1;
    const next = Math.max(0, Math.min(ids.length - 1, at + by));
    setCursor(ids[next] ?? null);
    list.current?.show(next);
  };
  const toggle = (id: string, range: boolean) => {
    setCursor(id);
    setSelected((before) => {
      const next = new Set(before);
      const from = range && anchor.current ? ids.indexOf(anchor.current) : -1;
      if (from >= 0) {
        const to = ids.indexOf(id);
        ids.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => next.add(one));
      } else if (!next.delete(id)) next.add(id);
      return next;
    });
    anchor.current = id;
  };
  const show = (id: string) => {
    setCursor(id);
    anchor.current = id;
    setOpen(id);
  };
  const newOnes = () => {
    refresh();
    list.current?.top();
    setCursor(null);
  };

  /** What a key acts on: the selected ones, else the one under the cursor. */
  const meant = (): AlarmRow[] => {
    const wanted = selected.size > 0 ? ids.filter((id) => selected.has(id)) : cursor ? [cursor] : [];
    return wanted.flatMap((id) => alarmStore.get(id) ?? []);
  };
  const begin = (act: Act | 'pass_on', rows: AlarmRow[]) => {
    const fit = rows.filter(({ handling: { state } }) =>
      act === 'acknowledge'
        ? state === 'new'
        : act === 'close'
          ? state !== 'closed'
          : !['closed', 'in_incident'].includes(state),
    );
    if (fit.length === 0) return;
    if (act === 'acknowledge' && fit.length === 1) void send('acknowledge', fit).then(() => setSelected(new Set()));
    else setAsking({ act, rows: fit });
  };
  const incident = (rows: AlarmRow[]) => {
    if (rows.length > 0) void navigate(`/incidents/new?${rows.map((row) => `alarm=${row.id}`).join('&')}`);
  };
  const done = () => {
    setAsking(null);
    setSelected(new Set());
  };

  // A dialog has its own keys.
  const free = asking === null && conflict === null;
  useShortcut('j', t('keys.next'), () => move(1), free);
  useShortcut('k', t('keys.previous'), () => move(-1), free);
  useShortcut('ArrowDown', t('keys.next'), () => move(1), free);
  useShortcut('ArrowUp', t('keys.previous'), () => move(-1), free);
  useShortcut('PageDown', t('keys.page_down'), () => move(PAGE_ROWS), free);
  useShortcut('PageUp', t('keys.page_up'), () => move(-PAGE_ROWS), free);
  useShortcut(
    'Enter',
    t('keys.open'),
    ({ target }) => {
      const control = (target as HTMLElement).closest<HTMLElement>('button, a, summary');
      if (control) control.click();
      else setOpen(cursor);
    },
    free && cursor !== null,
  );
  useShortcut('Escape', t('keys.back'), () => (selected.size > 0 ? setSelected(new Set()) : setOpen(null)), free);
  useShortcut('n', t('keys.new'), newOnes, free);
  useShortcut('x', t('keys.select'), () => cursor && toggle(cursor, false), mayWork && free);
  useShortcut('a', t('act.acknowledge'), () => begin('acknowledge', meant()), mayWork && free);
  useShortcut('e', t('act.pass_on'), () => begin('pass_on', meant()), mayWork && free);
  useShortcut('c', t('act.close'), () => begin('close', meant()), mayWork && free);
  useShortcut('i', t('act.incident'), () => incident(meant()), mayOpenIncident && free);

  const rows = selected.size > 0 ? meant() : [];
  return (
    <section className={classes.page} data-open={open !== null}>
      <FilterBar
        filters={filters}
        onFilters={setFilters}
        order={order}
        onOrder={setOrder}
        shown={ids.length}
        all={alarmStore.size}
        loaded={alarmStore.loaded}
      />
      <div className={classes.left}>
        {waiting > 0 && (
          <div className={classes.waiting}>
            <Button size="compact-sm" leftSection={<IconArrowUp size={14} />} onClick={newOnes} data-new-alarms>
              {t('new_ones', { count: waiting, number: format.number(waiting) })}
            </Button>
          </div>
        )}
        {error && alarmStore.size === 0 ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : isPending && alarmStore.size === 0 ? (
          <LoadingRows rows={10} height={42} />
        ) : ids.length === 0 ? (
          alarmStore.size > 0 ? (
            <EmptyState icon={IconBellOff} title={t('none_match')} hint={t('none_match_hint')} />
          ) : (
            <EmptyState icon={IconCircleCheck} title={t('none')} hint={t('none_hint')} />
          )
        ) : (
          <AlarmList
            ids={ids}
            cursor={cursor}
            selected={selected}
            areaName={areaName}
            onOpen={show}
            onSelect={toggle}
            handle={list}
          />
        )}
        {rows.length > 0 && (
          <BulkBar
            rows={rows}
            mayWork={mayWork}
            mayOpenIncident={mayOpenIncident}
            onAct={(act) => begin(act, rows)}
            onIncident={() => incident(rows)}
            onAll={() => setSelected(new Set(ids.slice(0, 1000)))}
            onNone={() => setSelected(new Set())}
          />
        )}
      </div>
      {open !== null && (
        <div className={classes.right}>
          <AlarmPanel
            key={open}
            id={open}
            areaName={areaName}
            onClose={() => setOpen(null)}
            onAcknowledge={(row) => begin('acknowledge', [row])}
            onPassOn={(row) => begin('pass_on', [row])}
            onCloseAlarm={(row) => begin('close', [row])}
          />
        </div>
      )}
      {asking?.act === 'acknowledge' && <AcknowledgeDialog rows={asking.rows} send={send} onClose={done} />}
      {asking?.act === 'close' && <CloseDialog rows={asking.rows} send={send} onClose={done} />}
      {asking?.act === 'pass_on' && <PassOnDialog rows={asking.rows} send={send} onClose={done} />}
      {conflict && <ConflictDialog conflict={conflict} send={send} onClose={settle} />}
    </section>
  );
}

/** Filters begin with what the address says (from the bar at the top, from a camera). */
function useFilters(search: URLSearchParams): [Filters, (filters: Filters) => void] {
  const severity = SEVERITIES.find((one) => one === search.get('severity'));
  const camera = search.get('camera') ?? '';
  const asked = `${severity ?? ''} ${camera}`;
  const fresh = (): Filters => ({ ...NO_FILTERS, severities: severity ? [severity] : [], camera });
  const [state, setState] = useState(() => ({ asked, filters: fresh() }));
  if (state.asked !== asked) setState({ asked, filters: fresh() });
  const set = useCallback((filters: Filters) => setState((before) => ({ ...before, filters })), []);
  return [state.filters, set];
}

/** While an alarm stands beside the list, it follows the cursor once that rests. */
function useFollow(follows: boolean, cursor: string | null, setOpen: (id: string | null) => void): void {
  useEffect(() => {
    if (!follows) return;
    const timer = setTimeout(() => setOpen(cursor), FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [follows, cursor, setOpen]);
}

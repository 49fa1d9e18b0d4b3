import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { call } from '@/desks/alarms/sound';
import { ErrorState, LoadingRows, Page, useFormat, useSearch, useShortcut } from '@/kit';
import { AnywayDialog } from './AnywayDialog';
import classes from './dispatch.module.css';
import { IncidentList } from './IncidentList';
import { boardQuery, unitsQuery, useDispatchEvents } from './queries';
import { Tabs } from './Tabs';
import type { Board, SentTo } from './types';
import { UnitForm } from './UnitForm';
import { UnitList } from './UnitList';
import { UnitPanel } from './UnitPanel';
import { useDispatch } from './writes';

const DispatchMap = lazy(() => import('./map/DispatchMap'));
const PARTS = ['incidents', 'map', 'units'] as const;
const CALL_AGAIN_MS = 15_000;

/** Incidents on the left, the city between, units on the right: seen, chosen and sent from here. */
export function Component() {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const { search, set } = useSearch();
  const mayWork = useCan('dispatch.work');
  const mayManage = useCan('unit.manage');
  const narrow = useMediaQuery('(max-width: 62em)') ?? false;
  const [part, setPart] = useState<(typeof PARTS)[number]>('incidents');
  const [adding, setAdding] = useState(false);
  const dispatch = useDispatch();
  useDispatchEvents();
  const fleet = useQuery(unitsQuery);
  const board = useQuery(boardQuery);
  const units = fleet.data?.units ?? [];
  const incidents = board.data?.items ?? [];
  useCall(board.data);

  const incident = search.get('incident');
  const unit = search.get('unit');
  const showUnit = (id: string) => {
    set('unit', id);
    if (narrow) setPart('units');
  };
  const move = (by: number) => {
    if (incidents.length === 0) return;
    const at = incidents.findIndex((one) => one.incident.id === incident);
    const next = Math.max(0, Math.min(incidents.length - 1, at + by));
    set('incident', incidents[next]?.incident.id ?? null);
  };
  const drop = (onto: SentTo, unitId: string) => {
    const one = units.find(({ id }) => id === unitId);
    if (one) void dispatch.send(onto, one);
  };

  const free = dispatch.hindered === null && !adding;
  useShortcut('j', t('keys.next'), () => move(1), free);
  useShortcut('k', t('keys.previous'), () => move(-1), free);
  useShortcut('ArrowDown', t('keys.next'), () => move(1), free);
  useShortcut('ArrowUp', t('keys.previous'), () => move(-1), free);
  useShortcut('Escape', t('keys.back'), () => (unit ? set('unit', null) : set('incident', null)), free);
  useShortcut('u', t('form.new'), () => setAdding(true), free && mayManage);

  const shows = (one: (typeof PARTS)[number]) => !narrow || part === one;
  const waiting = incidents.filter((one) => one.assignments.length === 0).length;
  const available = units.filter((one) => one.status === 'available').length;
  const error = fleet.error ?? board.error;
  return (
    <Page
      title={t('title')}
      note={
        board.data && fleet.data && t('sum', { waiting: format.number(waiting), available: format.number(available) })
      }
      actions={
        <>
          <Tabs />
          {mayManage && (
            <Tooltip label={`${t('form.new')}  U`}>
              <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
                {t('form.new_short')}
              </Button>
            </Tooltip>
          )}
        </>
      }
    >
      {error && !(fleet.data && board.data) ? (
        <ErrorState error={error} onRetry={() => void Promise.all([fleet.refetch(), board.refetch()])} />
      ) : (
        <div className={classes.page} data-narrow={narrow || undefined}>
          {narrow && (
            <SegmentedControl
              size="xs"
              fullWidth
              className={classes.parts ?? ''}
              data={PARTS.map((one) => ({ value: one, label: t(`part.${one}`) }))}
              value={part}
              onChange={(next) => setPart(next as typeof part)}
            />
          )}
          {shows('incidents') && (
            <div className={classes.column}>
              {board.data ? (
                <IncidentList
                  board={board.data}
                  selected={incident}
                  mayWork={mayWork}
                  keys={free}
                  onSelect={(id) => set('incident', id)}
                  onSend={(to, one) => dispatch.send(to, one)}
                  onDrop={drop}
                  onUnit={showUnit}
                />
              ) : (
                <LoadingRows rows={8} height={52} />
              )}
            </div>
          )}
          {shows('map') && (
            <Suspense fallback={<LoadingRows />}>
              <DispatchMap
                units={units}
                incidents={incidents}
                fresh_s={fleet.data?.fresh_s ?? 120}
                selectedUnit={unit}
                selectedIncident={incident}
                onUnit={showUnit}
                onIncident={(id) => {
                  set('incident', id);
                  if (narrow) setPart('incidents');
                }}
                onDrop={mayWork ? drop : undefined}
              />
            </Suspense>
          )}
          {shows('units') && (
            <div className={classes.side} data-open={unit !== null || undefined}>
              {unit && <UnitPanel key={unit} id={unit} dispatch={dispatch} onClose={() => set('unit', null)} />}
              <div className={classes.column}>
                {fleet.data ? (
                  <UnitList
                    units={units}
                    fresh_s={fleet.data.fresh_s}
                    selected={unit}
                    mayWork={mayWork}
                    onSelect={showUnit}
                  />
                ) : (
                  <LoadingRows rows={8} height={40} />
                )}
              </div>
            </div>
          )}
        </div>
      )}
      {dispatch.hindered && (
        <AnywayDialog
          key={`${dispatch.hindered.unit.id} ${dispatch.hindered.unit.version}`}
          hindered={dispatch.hindered}
          send={dispatch.send}
          onClose={dispatch.settle}
        />
      )}
      {adding && <UnitForm onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** Calls while a unit that was called does not answer. */
function useCall(board: Board | undefined): void {
  const silent = board?.items.some((one) => one.assignments.some((each) => each.state === 'offered' && each.told > 0));
  useEffect(() => {
    if (!silent) return;
    void call();
    const timer = setInterval(() => void call(), CALL_AGAIN_MS);
    return () => clearInterval(timer);
  }, [silent]);
}

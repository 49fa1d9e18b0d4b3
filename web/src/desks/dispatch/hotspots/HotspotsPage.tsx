import { MultiSelect, Select } from '@mantine/core';
import { IconEyeOff, IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { kindsQuery } from '@/desks/incidents/queries';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import classes from '../dispatch.module.css';
import { hotspotsQuery } from '../queries';
import { Tabs } from '../Tabs';
import type { HotPatrol, HotSpots } from '../types';
import { useWeek } from './week';

const SpotsMap = lazy(() => import('./SpotsMap'));
const DAYS = [30, 90, 180, 365];

/** Where and when calls come again and again, what no camera sees, and when to be there. Counts only. */
export function Component() {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const [kinds, setKinds] = useState<string[]>([]);
  const [days, setDays] = useState<number | undefined>(undefined);
  const [selected, setSelected] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(hotspotsQuery(kinds.join(','), days));
  const known = useQuery({ ...kindsQuery, enabled: useCan('incident.view') }).data ?? [];
  return (
    <Page
      title={t('hotspots.title')}
      note={
        data &&
        (data.total === null
          ? t('hotspots.lead_hidden', { least: format.number(data.least) })
          : t('hotspots.lead', { total: format.number(data.total), days: format.number(data.days) }))
      }
      actions={<Tabs />}
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={classes.hot}>
          <div className={classes.hotTools}>
            <MultiSelect
              size="xs"
              label={t('hotspots.kind')}
              placeholder={kinds.length === 0 ? t('hotspots.all_safety') : ''}
              data={known.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={kinds}
              onChange={setKinds}
              clearable
            />
            <Select
              size="xs"
              label={t('hotspots.days')}
              allowDeselect={false}
              data={[...new Set([...DAYS, data?.days ?? 180])]
                .sort((a, b) => a - b)
                .map((one) => ({ value: String(one), label: t('hotspots.days_of', { number: format.number(one) }) }))}
              value={String(days ?? data?.days ?? 180)}
              onChange={(next) => setDays(Number(next))}
            />
            <span className={classes.faint}>{t('hotspots.only_counts')}</span>
          </div>
          <Suspense fallback={<LoadingRows />}>
            <SpotsMap cells={data?.cells ?? []} selected={selected} onSelect={setSelected} />
          </Suspense>
          <div className={classes.hotSide}>
            {!data ? (
              <LoadingRows rows={8} />
            ) : data.cells.length === 0 ? (
              <EmptyState title={t('hotspots.none')} hint={t('hotspots.none_hint')} />
            ) : (
              <>
                <h2 className={classes.heading}>{t('hotspots.patrols')}</h2>
                {data.patrols.length === 0 && <p className={classes.faint}>{t('hotspots.no_patrols')}</p>}
                <ol className={classes.patrols} aria-label={t('hotspots.patrols')}>
                  {data.patrols.map((one) => (
                    <li key={one.cell}>
                      <Patrol
                        one={one}
                        spots={data}
                        selected={one.cell === selected}
                        onSelect={() => setSelected(one.cell)}
                      />
                    </li>
                  ))}
                </ol>
                <h2 className={classes.heading}>{t('hotspots.hours')}</h2>
                <Week spots={data} />
              </>
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

interface PatrolProps {
  one: HotPatrol;
  spots: HotSpots;
  selected: boolean;
  onSelect: () => void;
}

function Patrol({ one, spots, selected, onSelect }: PatrolProps) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const week = useWeek();
  const camera_m = spots.cells.find(({ id }) => id === one.cell)?.camera_m ?? null;
  const when = t('hotspots.when', { from: week.hour(one.hour), to: week.hour((one.hour + one.hours) % 24) });
  return (
    <button type="button" className={classes.patrol} data-selected={selected || undefined} onClick={onSelect}>
      <b>
        {[when, one.days.length > 0 ? one.days.map((day) => week.days[day]).join(', ') : t('hotspots.every_day')].join(
          ' · ',
        )}
      </b>
      <span className={classes.faint}>{t('hotspots.count', { count: one.count, of: format.number(one.of) })}</span>
      <span className={one.dark ? classes.dark : classes.faint}>
        {one.dark ? <IconEyeOff size={13} aria-hidden /> : <IconMapPin size={13} aria-hidden />}{' '}
        {one.dark
          ? t('hotspots.dark', { metres: format.number(spots.dark_m) })
          : t('hotspots.camera', { metres: format.number(camera_m ?? 0) })}
      </span>
    </button>
  );
}

/** Seven days of 24 hours, the more calls the stronger. */
function Week({ spots }: { spots: HotSpots }) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const week = useWeek();
  const most = Math.max(1, ...spots.hours.map((one) => one ?? 0));
  const told = (day: number, hour: number, count: number | null) =>
    count === null
      ? t('hotspots.hour_hidden', { day: week.days[day], hour: week.hour(hour), least: format.number(spots.least) })
      : t('hotspots.hour', { day: week.days[day], hour: week.hour(hour), number: format.number(count) });
  return (
    <div className={classes.week} role="img" aria-label={t('hotspots.hours')}>
      <span />
      {Array.from({ length: 24 }, (_, hour) => (
        <span key={hour}>{hour % 3 === 0 ? format.number(hour) : ''}</span>
      ))}
      {week.days.map((name, day) => (
        <Day key={name} name={name}>
          {spots.hours.slice(day * 24, day * 24 + 24).map((count, hour) => (
            <span
              key={hour}
              className={classes.hour}
              style={{ '--share': (count ?? 0) / most } as CSSProperties}
              title={told(day, hour, count)}
            />
          ))}
        </Day>
      ))}
    </div>
  );
}

function Day({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <span className={classes.day}>{name}</span>
      {children}
    </>
  );
}

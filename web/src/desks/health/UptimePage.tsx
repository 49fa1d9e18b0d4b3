import { Button, SegmentedControl, Select, TextInput, useComputedColorScheme } from '@mantine/core';
import { IconDownload, IconHourglassEmpty } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString } from '@/api/client';
import { codedQuery, useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, useFormat, useSearch } from '@/kit';
import { NO_DATA } from '@/kit/charts';
import { Frame } from './Frame';
import { uptimeQuery } from './queries';
import { BY, type UptimeRow, type UptimeTable } from './types';
import classes from './health.module.css';

const STEPS = [99.5, 99, 97, 90, 0] as const;
const SHADES = {
  light: ['#b9d9c6', '#d9e3b4', '#f0d79a', '#e8a878', '#c9544a'],
  dark: ['#1f5a3c', '#5a6a2c', '#8a6a1e', '#a3562a', '#c23b34'],
} as const;

/** Uptime of a period, the worst first, each with its days. */
export function Component() {
  const { t } = useTranslation('health');
  const format = useFormat();
  const { search, set } = useSearch();
  const mayExport = useCan('camera.export');
  const classesOf = useQuery(codedQuery('owner-classes')).data ?? [];
  const by = BY.find((one) => one === search.get('by')) ?? BY[0];
  const filters = {
    by,
    first: search.get('first') ?? undefined,
    last: search.get('last') ?? undefined,
    owner_class: search.get('class') ?? undefined,
  };
  const { data, error, refetch } = useQuery(uptimeQuery(filters));
  const file = `/api/v1/camera-health/uptime/export${queryString({ ...filters, language: format.language })}`;
  return (
    <Frame
      as_of_ms={data?.as_of_ms}
      actions={
        mayExport && (
          <Button
            component="a"
            href={file}
            download
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
          >
            {t('export')}
          </Button>
        )
      }
    >
      <div className={classes.wide}>
        <div className={classes.filters}>
          <Select
            size="xs"
            label={t('uptime.by')}
            allowDeselect={false}
            data={BY.map((one) => ({ value: one, label: t(`by.${one}`) }))}
            value={by}
            onChange={(next) => set('by', next ?? '')}
          />
          <Select
            size="xs"
            label={t('filter.owner_class')}
            placeholder={t('filter.all')}
            clearable
            searchable
            data={classesOf.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={search.get('class')}
            onChange={(next) => set('class', next ?? '')}
          />
          <TextInput
            size="xs"
            type="date"
            label={t('uptime.first')}
            value={data?.first ?? filters.first ?? ''}
            onChange={(event) => set('first', event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            type="date"
            label={t('uptime.last')}
            value={data?.last ?? filters.last ?? ''}
            onChange={(event) => set('last', event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('uptime.shown')}
            value={search.get('shown') ?? 'table'}
            onChange={(next) => set('shown', next === 'table' ? '' : next)}
            data={[
              { value: 'table', label: t('uptime.table') },
              { value: 'days', label: t('uptime.days') },
            ]}
          />
        </div>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={10} />
        ) : data.rows.length === 0 ? (
          <EmptyState icon={IconHourglassEmpty} title={t('uptime.none')} hint={t('uptime.none_hint')} />
        ) : (
          <>
            <p className={classes.note}>{t('uptime.hint')}</p>
            {search.get('shown') === 'days' ? <Days table={data} /> : <Sums table={data} />}
          </>
        )}
      </div>
    </Frame>
  );
}

function usePct() {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (pct: number | null) => (pct === null ? '–' : t('percent', { number: format.number(pct, 2) }));
}

function RowName({ row, by }: { row: UptimeRow; by: UptimeTable['by'] }) {
  const format = useFormat();
  const name = format.name(row.name);
  if (by === 'camera') return <Link to={`/cameras/${row.key}?tab=health`}>{name}</Link>;
  if (by === 'premises') return <Link to={`/premises/${row.key}`}>{name}</Link>;
  return <>{name}</>;
}

function Sums({ table }: { table: UptimeTable }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const pct = usePct();
  const hours = (length_ms: number) => format.number(length_ms / 3_600_000, 1);
  const cells = (row: Omit<UptimeRow, 'key' | 'name' | 'days'>) => (
    <>
      <td>{format.number(row.cameras)}</td>
      <td>{pct(row.pct)}</td>
      <td>{hours(row.due_ms)}</td>
      <td>{hours(row.down_ms)}</td>
      <td>{format.number(row.outages)}</td>
      <td>{hours(row.closed_ms)}</td>
      <td>{hours(row.maintenance_ms)}</td>
    </>
  );
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('part.uptime')}>
        <thead>
          <tr>
            <th scope="col">{t(`by.${table.by}`)}</th>
            {(['cameras', 'uptime', 'due', 'down', 'outages', 'closed', 'maintenance'] as const).map((one) => (
              <th key={one} scope="col">
                {t(`column.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr data-strong>
            <th scope="row">{t('uptime.total')}</th>
            {cells(table.total)}
          </tr>
          {table.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <RowName row={row} by={table.by} />
              </th>
              {cells(row)}
            </tr>
          ))}
        </tbody>
      </table>
      {table.left_out > 0 && <p className={classes.note}>{t('left_out', { number: format.number(table.left_out) })}</p>}
    </div>
  );
}

function Days({ table }: { table: UptimeTable }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const pct = usePct();
  const scheme = useComputedColorScheme('dark');
  const colour = (value: number | null) =>
    value === null ? NO_DATA[scheme] : SHADES[scheme][STEPS.findIndex((from) => value >= from)];
  const days: string[] = [];
  for (let at = Date.parse(table.first); at <= Date.parse(table.last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return (
    <>
      <div className={classes.legend}>
        {STEPS.map((from, index) => (
          <span key={from}>
            <i style={{ background: SHADES[scheme][index] }} aria-hidden />
            {from === 0
              ? t('uptime.below', { number: format.number(90) })
              : t('uptime.from', { number: format.number(from, 1) })}
          </span>
        ))}
        <span>
          <i style={{ background: NO_DATA[scheme] }} aria-hidden />
          {t('uptime.not_due')}
        </span>
      </div>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('uptime.days')}>
          <tbody>
            {table.rows.map((row) => {
              const known = new Map(row.days.map((one) => [one.day, one]));
              return (
                <tr key={row.key}>
                  <th scope="row">
                    <RowName row={row} by={table.by} />
                  </th>
                  <td>{pct(row.pct)}</td>
                  <td style={{ textAlign: 'start' }}>
                    <div
                      className={classes.days}
                      role="img"
                      aria-label={t('uptime.days_label', {
                        name: format.name(row.name),
                        worst: pct(row.days.reduce<number | null>(worse, null)),
                      })}
                    >
                      {days.map((day) => {
                        const one = known.get(day);
                        return (
                          <div
                            key={day}
                            className={classes.day}
                            style={{ background: colour(one?.pct ?? null) }}
                            title={`${format.date(Date.parse(day))}: ${pct(one?.pct ?? null)}`}
                          />
                        );
                      })}
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

const worse = (least: number | null, day: { pct: number | null }) =>
  day.pct === null ? least : least === null ? day.pct : Math.min(least, day.pct);

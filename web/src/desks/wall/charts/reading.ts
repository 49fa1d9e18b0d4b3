/** A chart's numbers as words: its parts, its rows, its one number, its answer in a sentence. */
import type { TFunction } from 'i18next';
import type { Format } from '@/kit';
import type { Figures } from './queries';

export const sumOf = (values: readonly number[]) => values.reduce((before, value) => before + value, 0);

/** Over all rows, one for each of the series. */
export function sumsOf({ series, rows }: Figures): number[] {
  return series.map((_, at) => sumOf(rows.map((row) => row.values[at] ?? 0)));
}

/** Whether there is anything to draw; else a sentence stands in its place. */
export function isEmpty(figures: Figures): boolean {
  switch (figures.chart) {
    case 'units':
    case 'cameras_live':
      return figures.of === 0;
    default:
      return figures.total === 0;
  }
}

const ROWS_AT_EASE = 4;
/** Whether its bars need smaller letters to stand one under the other. */
export function isLong({ chart, rows }: Figures): boolean {
  const asBars = chart === 'alarms_by_kind' || chart === 'units';
  return asBars && rows.filter((row) => sumOf(row.values) > 0).length > ROWS_AT_EASE;
}

export function rowName(figures: Figures, row: Figures['rows'][number], t: TFunction<'wall'>, format: Format): string {
  if (row.name) return format.name(row.name);
  if (row.at_ms !== null) return format.time(row.at_ms, false);
  return figures.chart === 'units' ? t(`dispatch:status.${row.key}`) : t(`incidents:state.${row.key}`);
}

export function seriesName(id: string, t: TFunction<'wall'>): string {
  return id === 'live' || id === 'units' ? t(`wall:chart.series.${id}`) : t(`alarms:severity.${id}`);
}

/** The answer: what somebody is told who does not see the drawing. */
export function sentence(figures: Figures, t: TFunction<'wall'>, format: Format): string {
  const key = `wall:chart.${figures.chart}`;
  if (isEmpty(figures)) return t(`${key}.none`);
  return t(`${key}.answer`, {
    count: figures.total,
    number: format.number(figures.total),
    of: format.number(figures.of ?? 0),
    late: format.number(figures.late),
  });
}

/** The same numbers as rows of a table. */
export function tableOf(figures: Figures, t: TFunction<'wall'>, format: Format) {
  const parts = figures.series.map((one) => seriesName(one, t));
  const withLate = figures.chart === 'incidents_open';
  return {
    columns: [t(`wall:chart.${figures.chart}.rows`), ...parts, ...(withLate ? [t('wall:chart.late_column')] : [])],
    rows: figures.rows.map((row) => [
      rowName(figures, row, t, format),
      ...figures.series.map((_, at) => (row.values.length ? format.number(row.values[at] ?? 0) : '–')),
      ...(withLate ? [format.number(row.late)] : []),
    ]),
  };
}

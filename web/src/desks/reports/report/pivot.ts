/** The report's rows as they are shown: for each class its sum, then its stations. */
import { COLUMNS, type ColumnName, type Counts, type CountName, type Figures } from '../types';

export interface ShownRow {
  key: string;
  depth: 0 | 1;
  class: string;
  station: string;
  counts: Counts;
}

const COUNTS = COLUMNS.filter((name): name is CountName => name !== 'gap');

function sum(rows: Counts[], target: number | null): Counts {
  const total = {} as Counts;
  for (const name of COUNTS)
    total[name] =
      rows.length > 0 && rows.every((row) => row[name] === null)
        ? null
        : rows.reduce((all, row) => all + (row[name] ?? 0), 0);
  return { ...total, target };
}

/** Classes in the order of the report, each followed by its stations when there is more than one in the report. */
export function pivot(figures: Figures): ShownRow[] {
  const several = Object.keys(figures.stations).length > 1;
  return Object.entries(figures.classes).flatMap(([code, known]) => {
    const rows = figures.rows.filter((row) => row.class === code);
    const head: ShownRow = { key: code, depth: 0, class: code, station: '', counts: sum(rows, known.target) };
    if (!several) return [head];
    return [
      head,
      ...rows.map((row): ShownRow => ({
        key: `${code} ${row.station}`,
        depth: 1,
        class: code,
        station: row.station,
        counts: row,
      })),
    ];
  });
}

/** A cell's number; the gap is what the target leaves, never less than nothing. Null: not known. */
export function cell(counts: Counts, name: ColumnName): number | null {
  if (name !== 'gap') return counts[name];
  return counts.target === null ? null : Math.max(counts.target - (counts.verified ?? 0), 0);
}

import type { CSSProperties, ReactNode } from 'react';
import { useFormat } from '@/kit/useFormat';
import { FILLS, type Fill } from './palette';
import classes from './stacked.module.css';

/** One part of every bar or column: its colour and pattern, and the mark by which the key names it. */
export interface Series {
  id: string;
  label: string;
  fill: Fill;
  mark?: ReactNode;
}

interface Part {
  /** One for each of the series; empty: nothing is known. */
  values: readonly number[];
}

export interface StackedBar extends Part {
  id: string;
  label: string;
  /** Behind the number. */
  note?: ReactNode;
}

export interface Column extends Part {
  id: string;
  /** Beneath the column, where there is room for one. */
  label: string;
}

const sum = (values: readonly number[]) => values.reduce((before, value) => before + value, 0);

function Parts({ values, series }: { values: readonly number[]; series: readonly Series[] }) {
  return series.map((one, at) =>
    values[at] ? (
      <i key={one.id} data-series={one.id} style={{ flexGrow: values[at], background: FILLS[one.fill] }} />
    ) : null,
  );
}

/** Bars one under the other, each of parts, its sum behind it. Sizes follow the letters: em, not pixels. */
export function StackedBars({
  label,
  bars,
  series,
}: {
  label: string;
  bars: readonly StackedBar[];
  series: readonly Series[];
}) {
  const format = useFormat();
  const most = Math.max(1, ...bars.map((bar) => sum(bar.values)));
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.id} data-bar={bar.id}>
          <span className={classes.barLabel}>{bar.label}</span>
          <span className={classes.track} aria-hidden>
            <span className={classes.parts} style={{ width: `${(sum(bar.values) / most) * 100}%` }}>
              <Parts values={bar.values} series={series} />
            </span>
          </span>
          <b>{format.number(sum(bar.values))}</b>
          {bar.note && <span className={classes.note}>{bar.note}</span>}
        </li>
      ))}
    </ul>
  );
}

interface ColumnsProps {
  /** What it says, for those who do not see it. */
  label: string;
  columns: readonly Column[];
  series: readonly Series[];
  /** A line right across, with its words: what there could be at the most. */
  line?: { value: number; label: string };
  /** A label under each so many columns, counted from the last. */
  every?: number;
}

/** Columns by time, each of parts; without a line the highest and the last wear their number. What nothing is known of
 * is hatched. */
export function StackedColumns({ label, columns, series, line, every = 6 }: ColumnsProps) {
  const format = useFormat();
  const sums = columns.map((column) => sum(column.values));
  const most = Math.max(...sums);
  const top = Math.max(1, most, line?.value ?? 0);
  const last = columns.length - 1;
  // Beneath a line a number would lie on it, and the line says how high they are.
  const numbered = new Set(line ? [] : [sums.indexOf(most), last]);
  // Two numbers side by side would run into each other.
  if (sums.indexOf(most) !== last && last - sums.indexOf(most) < 3) numbered.delete(sums.indexOf(most));
  return (
    <div className={classes.columns} role="img" aria-label={label}>
      <div className={classes.plot}>
        {line && (
          <span className={classes.line} style={{ bottom: `${(line.value / top) * 100}%` }}>
            <small>{line.label}</small>
          </span>
        )}
        {columns.map((column, at) => (
          <span
            key={column.id}
            className={classes.column}
            data-unknown={column.values.length === 0 || undefined}
            data-column={sums[at]}
          >
            <span className={classes.stack} style={{ height: `${((sums[at] ?? 0) / top) * 100}%` }}>
              <Parts values={column.values} series={series} />
            </span>
            {numbered.has(at) && sums[at] !== 0 && (
              <b style={{ bottom: `${((sums[at] ?? 0) / top) * 100}%` }}>{format.number(sums[at] ?? 0)}</b>
            )}
          </span>
        ))}
      </div>
      <div className={classes.axis}>
        {columns.map((column, at) => (
          <span key={column.id}>{(last - at) % every === 0 && <small>{column.label}</small>}</span>
        ))}
      </div>
    </div>
  );
}

/** What each part means, with how many there are of it: read without its colour. */
export function SeriesKey({ series, sums }: { series: readonly Series[]; sums: readonly number[] }) {
  const format = useFormat();
  return (
    <ul className={classes.keys}>
      {series.map((one, at) => (
        <li key={one.id} data-none={!sums[at] || undefined}>
          <i aria-hidden style={{ background: FILLS[one.fill] } as CSSProperties} />
          {one.mark}
          <span>{one.label}</span>
          <b>{format.number(sums[at] ?? 0)}</b>
        </li>
      ))}
    </ul>
  );
}

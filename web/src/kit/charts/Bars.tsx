import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit/useFormat';
import classes from './charts.module.css';

export interface Bar {
  id: string;
  label: string;
  value: number;
  /** Drawn as a tick across the bar. */
  target?: number | null;
  /** Behind the numbers; written out when left out: "321 of 500". */
  note?: ReactNode;
  /** Opens the rows behind the number. */
  to?: string;
  /** What is no part of the others (not allotted, elsewhere): hatched. */
  apart?: boolean;
}

interface Props {
  label: string;
  bars: Bar[];
  /** End of the axis; the longest bar or target otherwise. */
  max?: number;
}

/** Horizontal bars with the target as a tick and both numbers written: readable without the drawing. */
export function Bars({ label, bars, max }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const end = Math.max(1, max ?? Math.max(...bars.map((bar) => Math.max(bar.value, bar.target ?? 0))));
  const share = (value: number) => `${Math.min(100, (value / end) * 100)}%`;
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.id} className={classes.bar} data-apart={bar.apart || undefined}>
          <span className={classes.barLabel}>{bar.to ? <Link to={bar.to}>{bar.label}</Link> : bar.label}</span>
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} style={{ width: share(bar.value) }} />
            {typeof bar.target === 'number' && <span className={classes.tick} style={{ left: share(bar.target) }} />}
          </span>
          <span className={classes.barNote}>
            {bar.note ??
              (typeof bar.target === 'number'
                ? t('of', { value: format.number(bar.value), target: format.number(bar.target) })
                : format.number(bar.value))}
          </span>
        </li>
      ))}
    </ul>
  );
}

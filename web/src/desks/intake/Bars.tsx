import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { HOURS, lastDay, sumOf } from './hours';
import type { Hour } from './types';
import classes from './intake.module.css';

const WIDTH = 144;
const HEIGHT = 28;
const STEP = WIDTH / HOURS;

/** What came in each of the last 24 hours; what was refused stands on top in the colour of trouble. */
export function Bars({ hours, now }: { hours: Hour[]; now: number }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const day = lastDay(hours, now);
  const most = Math.max(1, ...day.map((one) => one.taken + one.refused));
  const taken = sumOf(day, 'taken');
  const refused = sumOf(day, 'refused');
  const words = t('bars', { taken: format.number(taken), refused: format.number(refused) });
  return (
    <div>
      <svg className={classes.bars} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        {day.map((one, at) => {
          const good = (one.taken / most) * (HEIGHT - 2);
          const bad = (one.refused / most) * (HEIGHT - 2);
          return (
            <g key={one.hour_ms}>
              <title>
                {`${format.time(one.hour_ms, false)}: ${t('bars', { taken: format.number(one.taken), refused: format.number(one.refused) })}`}
              </title>
              <rect x={at * STEP + 0.5} y={HEIGHT - 1 - good} width={STEP - 1} height={good} fill="var(--accent)" />
              <rect
                x={at * STEP + 0.5}
                y={HEIGHT - 1 - good - bad}
                width={STEP - 1}
                height={bad}
                fill="var(--stalled)"
              />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
      </svg>
      <div className={classes.facts}>{words}</div>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { ChartFrame } from '@/kit/charts/ChartFrame';
import { totals } from './traffic';
import type { EdgeSite } from './types';
import classes from './edge.module.css';

const WIDTH = 720;
const HEIGHT = 120;
const HOURS = 48;
const HOUR_MS = 3_600_000;
const CLIPS = 'color-mix(in srgb, var(--accent) 40%, var(--text))';
const UPDATES = 'color-mix(in srgb, var(--live) 40%, var(--text))';
const COLOURS = ['var(--muted)', 'var(--live)', 'var(--accent)', 'var(--stalled)', CLIPS, UPDATES];

/** What the link cost, hour by hour, by what it was for. */
export function TrafficChart({ site, now }: { site: EdgeSite; now: number }) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const first = (Math.floor(now / HOUR_MS) - HOURS + 1) * HOUR_MS;
  const hours = site.traffic.filter((one) => one.hour_ms >= first);
  const sums = hours.map((one) => site.purposes.map((_, index) => (one.up[index] ?? 0) + (one.down[index] ?? 0)));
  const most = Math.max(1, ...sums.map((one) => one.reduce((sum, bytes) => sum + bytes, 0)));
  const step = WIDTH / HOURS;
  const all = totals(hours);
  return (
    <ChartFrame
      title={t('traffic.title')}
      summary={t('traffic.summary', {
        up: format.bytes(all.up),
        down: format.bytes(all.down),
        most: format.bytes(most),
      })}
      table={{
        columns: [t('traffic.hour'), ...site.purposes.map((one) => t(`purpose.${one}`))],
        rows: hours.map((one, row) => [
          format.dateTime(one.hour_ms),
          ...(sums[row] ?? []).map((bytes) => format.bytes(bytes)),
        ]),
      }}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={t('traffic.title')}>
        {hours.map((one, row) => {
          let top = HEIGHT;
          return (sums[row] ?? []).map((bytes, index) => {
            const height = (bytes / most) * (HEIGHT - 4);
            top -= height;
            return (
              <rect
                key={`${one.hour_ms}-${site.purposes[index]}`}
                x={((one.hour_ms - first) / HOUR_MS) * step + 1}
                y={top}
                width={step - 2}
                height={height}
                fill={COLOURS[index]}
              />
            );
          });
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
      </svg>
      <div className={classes.legend}>
        {site.purposes.map((one, index) => (
          <span key={one}>
            <i className={classes.swatch} style={{ background: COLOURS[index] }} />
            {t(`purpose.${one}`)}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}

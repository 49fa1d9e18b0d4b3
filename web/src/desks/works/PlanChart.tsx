import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { ChartFrame } from '@/kit/charts';
import { dayMs } from './days';
import type { PackageDetail } from './types';
import classes from './works.module.css';

const HEIGHT_PX = 240;
const LEFT_PX = 38;
const BOTTOM_PX = 20;
const TOP_PX = 8;

/** Plan against done, day by day: baseline dotted, plan in force dashed, delays shaded, the forecast as a range. */
export function PlanChart({ row }: { row: PackageDetail }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const { ref, width } = useElementSize();
  const percent = (share: number | null) => (share === null ? '–' : `${format.number(share * 100)}%`);
  const date = (day: string) => format.date(dayMs(day));
  const { curve, forecast } = row;
  const first = dayMs(curve[0]?.day ?? row.plan.start);
  const ends = [curve.at(-1)?.day ?? row.plan.end, forecast.on ?? '', forecast.late ?? ''].filter(Boolean).map(dayMs);
  // A range that ends in another decade would press the plan against the axis.
  const last = Math.min(Math.max(...ends), dayMs(curve.at(-1)?.day ?? row.plan.end) + 400 * 86_400_000);
  const most = Math.max(1, row.done_share);
  const x = (day: string) => LEFT_PX + ((dayMs(day) - first) / Math.max(1, last - first)) * (width - LEFT_PX - 6);
  const y = (share: number) => TOP_PX + (1 - share / most) * (HEIGHT_PX - TOP_PX - BOTTOM_PX);
  const line = (of: 'baseline' | 'planned' | 'done') =>
    curve
      .filter((point) => point[of] !== null)
      .map((point) => `${x(point.day).toFixed(1)},${y(point[of] ?? 0).toFixed(1)}`)
      .join(' ');
  const floor = HEIGHT_PX - BOTTOM_PX;
  return (
    <ChartFrame
      title={t('chart.title')}
      summary={t('chart.summary', { done: percent(row.done_share), planned: percent(row.planned_share) })}
      table={{
        columns: [t('chart.day'), t('chart.baseline'), t('chart.planned'), t('chart.done')],
        rows: curve.map((point) => [
          date(point.day),
          percent(point.baseline),
          percent(point.planned),
          percent(point.done),
        ]),
      }}
    >
      <div ref={ref}>
        {width > 0 && (
          <svg className={classes.chart} width={width} height={HEIGHT_PX} aria-hidden>
            {[0, 0.5, 1].map((share) => (
              <g key={share}>
                <line className={classes.grid} x1={LEFT_PX} x2={width} y1={y(share)} y2={y(share)} />
                <text x={LEFT_PX - 6} y={y(share) + 4} textAnchor="end">
                  {percent(share)}
                </text>
              </g>
            ))}
            {row.delays.map((delay) => (
              <rect
                key={delay.id}
                className={classes.delay}
                x={x(delay.first_day)}
                width={Math.max(2, x(delay.last_day ?? row.today) - x(delay.first_day))}
                y={TOP_PX}
                height={floor - TOP_PX}
              />
            ))}
            <line className={classes.now} x1={x(row.today)} x2={x(row.today)} y1={TOP_PX} y2={floor} />
            <polyline className={classes.baseline} points={line('baseline')} />
            <polyline className={classes.planned} points={line('planned')} />
            <polyline className={classes.done} points={line('done')} />
            {forecast.on && (
              <>
                <line
                  className={classes.range}
                  x1={x(forecast.early ?? forecast.on)}
                  x2={Math.min(width - 6, forecast.late ? x(forecast.late) : width - 6)}
                  y1={y(1)}
                  y2={y(1)}
                />
                <circle cx={Math.min(width - 6, x(forecast.on))} cy={y(1)} r={4} fill="var(--accent)" />
              </>
            )}
            <text x={LEFT_PX} y={HEIGHT_PX - 4}>
              {date(curve[0]?.day ?? row.plan.start)}
            </text>
            <text x={width - 2} y={HEIGHT_PX - 4} textAnchor="end">
              {format.date(last)}
            </text>
          </svg>
        )}
        <div className={classes.keys}>
          {(['done', 'planned', 'baseline'] as const).map((name) => (
            <span key={name}>
              <svg width={26} height={8} aria-hidden>
                <line className={classes[name]} x1={0} x2={26} y1={4} y2={4} />
              </svg>
              {t(`chart.${name}`)}
            </span>
          ))}
          {row.delays.length > 0 && (
            <span>
              <svg width={14} height={10} aria-hidden>
                <rect className={classes.delay} width={14} height={10} style={{ opacity: 0.5 }} />
              </svg>
              {t('chart.delay')}
            </span>
          )}
          {forecast.on && (
            <span>
              <svg width={26} height={8} aria-hidden>
                <line className={classes.range} x1={0} x2={26} y1={4} y2={4} />
              </svg>
              {t('chart.forecast')}
            </span>
          )}
        </div>
      </div>
    </ChartFrame>
  );
}

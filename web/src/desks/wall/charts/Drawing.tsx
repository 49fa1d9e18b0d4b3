import { useTranslation } from 'react-i18next';
import { SeverityMark } from '@/desks/alarms/Mark';
import type { Severity } from '@/desks/alarms/types';
import { useFormat, useNow } from '@/kit';
import { SeriesKey, StackedBars, StackedColumns, type Series } from '@/kit/charts';
import classes from './charts.module.css';
import type { Figures } from './queries';
import { rowName, sentence, seriesName, sumOf, sumsOf } from './reading';

/** The drawing of a chart that has something to draw; its sizes are those of the letters around it. */
export function Drawing({ figures }: { figures: Figures }) {
  switch (figures.chart) {
    case 'alarms_by_hour':
      return <ByHour figures={figures} />;
    case 'cameras_live':
      return <Live figures={figures} />;
    case 'units':
      return <Units figures={figures} />;
    default:
      return <BySeverity figures={figures} />;
  }
}

function useSeverities(figures: Figures): Series[] {
  const { t } = useTranslation('wall');
  return figures.series.map((id) => ({
    id,
    label: seriesName(id, t),
    fill: id as Severity,
    mark: <SeverityMark severity={id as Severity} />,
  }));
}

function useRows(figures: Figures) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  return figures.rows.map((row) => ({ ...row, id: row.key, label: rowName(figures, row, t, format) }));
}

function ByHour({ figures }: { figures: Figures }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const series = useSeverities(figures);
  return (
    <>
      <StackedColumns label={sentence(figures, t, format)} columns={useRows(figures)} series={series} />
      <SeriesKey series={series} sums={sumsOf(figures)} />
    </>
  );
}

/** By kind or by state, each row of its severities; beneath it what is past its time. */
function BySeverity({ figures }: { figures: Figures }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const series = useSeverities(figures);
  const rest = figures.total - sumOf(sumsOf(figures));
  const bars = useRows(figures).map((row) => ({
    ...row,
    note: row.late > 0 && <Late count={row.late} />,
  }));
  return (
    <>
      <StackedBars label={sentence(figures, t, format)} bars={bars} series={series} />
      {rest > 0 && <p className={classes.rest}>{t('chart.rest', { count: rest, number: format.number(rest) })}</p>}
      <SeriesKey series={series} sums={sumsOf(figures)} />
    </>
  );
}

export function Late({ count }: { count: number }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  return <span className={classes.late}>▲ {t('chart.late', { count, number: format.number(count) })}</span>;
}

function Live({ figures }: { figures: Figures }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const series: Series[] = [{ id: 'live', label: t('chart.series.live'), fill: 'plain' }];
  const known = figures.rows.find((row) => row.values.length > 0);
  const missing = figures.rows[0] !== known;
  const of = figures.of ?? 0;
  return (
    <>
      <StackedColumns
        label={sentence(figures, t, format)}
        columns={useRows(figures)}
        series={series}
        line={{ value: of, label: t('chart.linked', { count: of, number: format.number(of) }) }}
      />
      {missing && (
        <p className={classes.rest}>
          {known?.at_ms ? t('chart.known_since', { time: format.time(known.at_ms, false) }) : t('chart.nothing_known')}
        </p>
      )}
    </>
  );
}

function Units({ figures }: { figures: Figures }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const now = useNow(10_000);
  const series: Series[] = [{ id: 'units', label: t('chart.series.units'), fill: 'plain' }];
  const { longest, waiting } = figures;
  return (
    <>
      <StackedBars
        label={sentence(figures, t, format)}
        bars={useRows(figures).filter((row) => sumOf(row.values) > 0)}
        series={series}
      />
      {longest ? (
        <div className={classes.waiting}>
          <SeverityMark severity={longest.severity as Severity} />
          <b>{format.length(Math.max(0, now - longest.since_ms))}</b>
          <span>{t('chart.waits', { count: waiting, number: format.number(waiting) })}</span>
          <small>
            {format.name(longest.name)} · {longest.number}
          </small>
        </div>
      ) : (
        <p className={classes.rest}>{t('chart.nobody_waits')}</p>
      )}
    </>
  );
}

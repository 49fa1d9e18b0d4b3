import { IconClockExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import { useFormat, useNow } from '@/kit';
import classes from './charts.module.css';
import { Drawing, Late } from './Drawing';
import { chartQuery, OLD_AFTER_MS, type ChartName } from './queries';
import { isEmpty, isLong, sentence } from './reading';

/** A chart as a screen shows it: fills its box, its letters grow with it, the one number first. */
export function ChartTile({ name }: { name: ChartName }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const now = useNow(5_000);
  const { data, error, dataUpdatedAt } = useQuery(chartQuery(name));
  const old = data !== undefined && now - dataUpdatedAt > OLD_AFTER_MS;
  const empty = data !== undefined && isEmpty(data);
  return (
    <article
      className={classes.tile}
      data-chart={name}
      data-old={old || undefined}
      aria-label={t(`chart.${name}.title`)}
    >
      <h2>{t(`chart.${name}.title`)}</h2>
      {!data && <p className={classes.nothing}>{error ? sentenceOf(error) : t('chart.asked')}</p>}
      {data && (
        <>
          {empty ? (
            <p className={classes.nothing}>{sentence(data, t, format)}</p>
          ) : (
            <>
              <p className={classes.figure}>
                <strong>{format.number(data.total)}</strong>
                {data.of !== null && <b> / {format.number(data.of)}</b>}
                <span>{t(`chart.${name}.unit`, { count: data.total })}</span>
                {data.late > 0 && <Late count={data.late} />}
              </p>
              <div className={classes.body} data-many={isLong(data) || undefined}>
                <Drawing figures={data} />
              </div>
            </>
          )}
          <footer role={old ? 'status' : undefined}>
            {old ? (
              <>
                <IconClockExclamation aria-hidden />
                {t('chart.old', { time: format.time(data.as_of_ms, false) })}
              </>
            ) : (
              t('screen.as_of', { time: format.time(data.as_of_ms, false) })
            )}
          </footer>
        </>
      )}
    </article>
  );
}

/** The same in a small box of a dialog, as it will look. */
export function ChartPreview({ name }: { name: ChartName }) {
  const { t } = useTranslation('wall');
  return (
    <div>
      <div className={classes.preview}>
        <ChartTile name={name} />
      </div>
      <small className={classes.hint}>{t('chart.preview')}</small>
    </div>
  );
}

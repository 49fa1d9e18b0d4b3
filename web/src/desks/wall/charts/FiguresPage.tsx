import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import { ChartFrame } from '@/kit/charts';
import { PushButton } from '../PushTool';
import classes from './charts.module.css';
import { Drawing } from './Drawing';
import { chartQuery, useCharts, type ChartName } from './queries';
import { isEmpty, sentence, tableOf } from './reading';

/** The charts of the wall at one's own desk, in one's own area; each can be put on a screen from here. */
export function Component() {
  const { t } = useTranslation('wall');
  const charts = useCharts();
  return (
    <Page title={t('figures.title')} note={t('figures.note')}>
      {charts.length === 0 ? (
        <EmptyState icon={IconChartBar} title={t('figures.none')} hint={t('figures.none_hint')} />
      ) : (
        <div className={classes.page}>
          {charts.map((name) => (
            <Card key={name} name={name} />
          ))}
        </div>
      )}
    </Page>
  );
}

function Card({ name }: { name: ChartName }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const { data, error, refetch } = useQuery(chartQuery(name));
  const title = t(`chart.${name}.title`);
  return (
    <section className={classes.card} aria-label={title}>
      {data ? (
        <ChartFrame
          title={title}
          summary={`${sentence(data, t, format)} ${t('screen.as_of', { time: format.time(data.as_of_ms, false) })}`}
          table={tableOf(data, t, format)}
          actions={<PushButton items={[{ kind: 'chart', chart: name }]} />}
        >
          <div className={classes.drawn}>{!isEmpty(data) && <Drawing figures={data} />}</div>
        </ChartFrame>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingRows rows={4} />
      )}
    </section>
  );
}

import { Button, Group } from '@mantine/core';
import { IconPlus, IconRouter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat } from '@/kit';
import { Releases } from './Releases';
import { SiteView } from './SiteView';
import { SiteState } from './State';
import { MakeSite } from './dialogs';
import { sitesQuery } from './queries';
import type { EdgeSiteRow } from './types';
import classes from './edge.module.css';

/** Sites behind routers: how their links stand, what they cost, which cameras they serve. */
export function Component() {
  const { t } = useTranslation('edge');
  const format = useFormat();
  const { id } = useParams();
  const mayManage = useCan('edge.manage');
  const [making, setMaking] = useState(false);
  const [releases, setReleases] = useState(false);
  const { data, error, refetch } = useQuery(sitesQuery);
  const chosen = id ?? data?.items[0]?.id;
  return (
    <Page
      title={t('title')}
      note={data && t('as_of', { time: format.when(data.as_of_ms) })}
      actions={
        mayManage && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setReleases(true)}>
              {t('releases.title')}
            </Button>
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
              {t('make.title')}
            </Button>
          </Group>
        )
      }
    >
      <div className={classes.page}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={6} height={48} />
        ) : data.items.length === 0 ? (
          <EmptyState icon={IconRouter} title={t('none')} hint={t('none_hint')} />
        ) : (
          <div className={classes.columns}>
            <ul className={classes.list} aria-label={t('title')}>
              {data.items.map((one) => (
                <li key={one.id}>
                  <Card site={one} chosen={one.id === chosen} />
                </li>
              ))}
            </ul>
            {chosen && <SiteView key={chosen} id={chosen} />}
          </div>
        )}
      </div>
      {releases && <Releases onClose={() => setReleases(false)} />}
      {making && <MakeSite onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Card({ site, chosen }: { site: EdgeSiteRow; chosen: boolean }) {
  const { t } = useTranslation('edge');
  const format = useFormat();
  return (
    <Link to={`/edge-sites/${site.id}`} className={classes.card} aria-current={chosen ? 'page' : undefined}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <span className={classes.name}>{site.name}</span>
        <SiteState state={site.state} />
      </Group>
      <div className={classes.facts}>{format.name(site.premises.name)}</div>
      <div className={classes.facts}>
        {t('cameras', { count: site.cameras, number: format.number(site.cameras) })} ·{' '}
        {t('month', { bytes: format.bytes(site.month_bytes) })}
      </div>
    </Link>
  );
}

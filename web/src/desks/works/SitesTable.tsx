import { IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, useFormat, type Column } from '@/kit';
import type { SiteList, SiteRow } from './types';
import classes from './works.module.css';

/** Cameras planned, entered and proved live at each site. */
export function SitesTable() {
  const { t } = useTranslation('works');
  const format = useFormat();
  const pages = usePages<SiteRow>('works-sites', '/works/sites', {});
  const sums = useQuery({
    queryKey: ['works', 'sites'],
    queryFn: () => api.get<SiteList>('/works/sites', { limit: 1 }),
  }).data;
  const columns = useMemo<Column<SiteRow>[]>(
    () => [
      { id: 'name', header: t('site.name'), width: 'minmax(150px, 2fr)', render: (row) => format.name(row.name) },
      {
        id: 'place',
        header: t('site.place'),
        width: 'minmax(110px, 1fr)',
        render: (row) => format.name(row.jurisdiction.name),
      },
      ...(['planned', 'entered', 'live'] as const).map((name): Column<SiteRow> => ({
        id: name,
        header: t(`site.${name}`),
        width: '88px',
        align: 'end',
        render: (row) => format.number(row[name]),
      })),
    ],
    [format, t],
  );
  if (pages.error && pages.rows.length === 0)
    return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (pages.isPending) return <LoadingRows />;
  if (pages.rows.length === 0)
    return <EmptyState icon={IconMapPin} title={t('site.none')} hint={t('site.none_hint')} />;
  return (
    <div className={classes.layout}>
      {sums && (
        <div className={classes.faint} style={{ padding: '0 12px 8px' }}>
          {t('site.sum', {
            planned: format.number(sums.planned),
            entered: format.number(sums.entered),
            live: format.number(sums.live),
          })}
        </div>
      )}
      <div className={classes.table} style={{ flex: 1 }}>
        <DataTable
          label={t('view.sites')}
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onMore={pages.more}
          hasMore={pages.hasMore}
        />
      </div>
    </div>
  );
}

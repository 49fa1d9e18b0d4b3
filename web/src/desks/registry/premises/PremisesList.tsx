import { IconBuildingStore } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PremisesRow } from '@/api/types';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import classes from '../cameras/CamerasPage.module.css';
import { FilterBar } from '../FilterBar';
import { useFilters } from '../filters';
import { Coverage } from './Coverage';

/** Premises with and without cameras, and what each still leaves uncovered. */
export function Component() {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const navigate = useNavigate();
  const { filters, setFilters, clear } = useFilters();
  const pages = usePages<PremisesRow>('premises', '/premises', filters);
  const columns = useMemo<Column<PremisesRow>[]>(
    () => [
      { id: 'name', header: t('fact.name'), width: 'minmax(220px, 2fr)', render: (row) => format.name(row.name) },
      {
        id: 'owner_class',
        header: t('fact.owner_class'),
        width: 'minmax(120px, 1fr)',
        render: (row) => format.name(row.owner_class.name),
      },
      {
        id: 'place_class',
        header: t('fact.place_class'),
        width: 'minmax(120px, 1fr)',
        render: (row) => format.name(row.place_class?.name),
      },
      {
        id: 'station',
        header: t('fact.police_station'),
        width: 'minmax(120px, 1fr)',
        render: (row) => format.name(row.jurisdiction.name),
      },
      {
        id: 'cameras',
        header: t('premises.cameras'),
        width: '90px',
        align: 'end',
        render: (row) => format.number(row.cameras),
      },
      {
        id: 'coverage',
        header: t('premises.coverage'),
        width: 'minmax(250px, 1.4fr)',
        render: (row) => <Coverage coverage={row.coverage} />,
      },
    ],
    [format, t],
  );
  return (
    <Page
      title={t('premises.title')}
      note={
        pages.as_of_ms !== undefined && t('premises.count', { count: pages.total, number: format.number(pages.total) })
      }
    >
      <div className={classes.layout}>
        <FilterBar
          filters={filters}
          setFilters={setFilters}
          clear={clear}
          offer={['q', 'owner_class', 'department', 'jurisdiction']}
        />
        <div className={classes.table}>
          {pages.error && pages.rows.length === 0 ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={14} height={22} />
          ) : (
            <DataTable
              label={t('premises.title')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              onOpen={(row) => void navigate(`/premises/${row.id}`)}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconBuildingStore} title={t('premises.none')} hint={t('cameras.none_hint')} />}
            />
          )}
        </div>
      </div>
    </Page>
  );
}

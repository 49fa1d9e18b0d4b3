import { Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconVideoOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCan } from '@/api/queries';
import type { CameraRow } from '@/api/types';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, useShortcut } from '@/kit';
import { FilterBar } from '../FilterBar';
import { useFilters } from '../filters';
import { cameraColumns } from './columns';
import { ColumnMenu, ExportMenu, ViewMenu } from './TableMenus';
import { useViews } from './views';
import classes from './CamerasPage.module.css';

const OFFER = ['q', 'status', 'owner_class', 'department', 'jurisdiction', 'kind', 'placement', 'recorded'] as const;

const ON_PHONE = ['status', 'name'];

/** Every camera of the reader's jurisdiction as rows. */
export function Component() {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const navigate = useNavigate();
  const mayAdd = useCan('camera.edit');
  const { filters, setFilters, clear } = useFilters();
  const [search, setSearch] = useSearchParams();
  const sort = search.get('sort') ?? 'name';
  const chosen = useViews((state) => state.columns);
  const pages = usePages<CameraRow>('cameras', '/cameras', { ...filters, sort });
  const all = useMemo(() => cameraColumns(t, format), [t, format]);
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const columns = all.filter((column) => (onPhone ? ON_PHONE : chosen).includes(column.id));
  useShortcut('n', t('cameras.add'), () => void navigate('/cameras/new'), mayAdd);

  const setSort = (next: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.set('sort', next);
      return after;
    });

  return (
    <Page
      title={t('cameras.title')}
      note={
        pages.as_of_ms !== undefined &&
        `${t('cameras.count', { count: pages.total, number: format.number(pages.total) })} · ${t('as_of', { time: format.time(pages.as_of_ms) })}`
      }
      actions={
        <Group gap={8}>
          <ViewMenu />
          {!onPhone && <ColumnMenu columns={all} />}
          <ExportMenu filters={filters} sort={sort} />
          {mayAdd && (
            <Button component={Link} to="/cameras/new" size="xs" leftSection={<IconPlus size={14} />}>
              {t('cameras.add')}
            </Button>
          )}
        </Group>
      }
    >
      <div className={classes.layout}>
        <FilterBar filters={filters} setFilters={setFilters} clear={clear} offer={OFFER} />
        <div className={classes.table}>
          {pages.error && pages.rows.length === 0 ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={14} height={22} />
          ) : (
            <DataTable
              label={t('cameras.title')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              sort={sort}
              onSort={setSort}
              onOpen={(row) => void navigate(`/cameras/${row.id}`)}
              onMore={pages.more}
              hasMore={pages.hasMore}
              drag={(row) => ({ type: 'application/x-prahari-camera', value: row.id })}
              empty={<EmptyState icon={IconVideoOff} title={t('cameras.none')} hint={t('cameras.none_hint')} />}
            />
          )}
        </div>
      </div>
    </Page>
  );
}

import { ActionIcon, Button, MultiSelect, SegmentedControl, Select, Switch, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCircleCheck, IconDownload, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { queryString } from '@/api/client';
import { codedQuery, jurisdictionsQuery, useCan } from '@/api/queries';
import { usePages } from '@/api/usePages';
import {
  DataTable,
  EmptyState,
  ErrorState,
  LoadingRows,
  Page,
  SearchInput,
  useFormat,
  useSearch,
  useShortcut,
  type Column,
} from '@/kit';
import { Board, Cards } from './Board';
import { NextClock } from './Clocks';
import classes from './incidents.module.css';
import { countsQuery, useIncidentEvents, useKinds, type Filters } from './queries';
import { SEVERITIES, STATES, type IncidentRow } from './types';
import { SeverityWord, StateWord, useTitle } from './Marks';

const IncidentsMap = lazy(() => import('./IncidentsMap'));
const VIEWS = ['list', 'board', 'map'] as const;
const SORTS = ['due', 'newest', 'severity'] as const;
const FILTERS = ['q', 'state', 'severity', 'kind', 'agency', 'area'] as const;

/** All incidents that are not closed, with their clocks: as a list, by state, or on the map. */
export function Component() {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const navigate = useNavigate();
  const mayWork = useCan('incident.work');
  const { search, set } = useSearch();
  const kinds = useKinds();
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  useIncidentEvents();
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'list';
  const sort = SORTS.find((one) => one === search.get('sort')) ?? 'due';
  const filters = useMemo<Filters>(() => {
    const chosen: Filters = Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? undefined]));
    for (const name of ['mine', 'late']) if (search.get(name)) chosen[name] = 'true';
    return chosen;
  }, [search]);
  const counts = useQuery(countsQuery(filters)).data;
  useShortcut('n', t('new.title'), () => void navigate('/incidents/new'), mayWork);
  VIEWS.forEach((one, at) => {
    // eslint-disable-next-line react-hooks/rules-of-hooks -- a fixed list, in a fixed order
    useShortcut(String(at + 1), t(`view.${one}`), () => set('view', one === 'list' ? '' : one));
  });
  const many = (name: string) => (search.get(name) ?? '').split(',').filter(Boolean);
  return (
    <Page
      title={t('title')}
      note={
        counts &&
        t('sum', {
          number: format.number(Object.values(counts.by_state).reduce((sum, one) => sum + one, 0)),
          late: format.number(counts.late),
          mine: format.number(counts.mine),
        })
      }
      actions={
        <div className={classes.actions}>
          <Tooltip label={t('export')}>
            <ActionIcon
              component="a"
              variant="default"
              size="md"
              aria-label={t('export')}
              href={`/api/v1/incidents/export${queryString({ ...filters, sort, language: format.language })}`}
              download
            >
              <IconDownload size={16} />
            </ActionIcon>
          </Tooltip>
          {mayWork && (
            <Tooltip label={`${t('new.title')}  N`}>
              <Button component={Link} to="/incidents/new" size="xs" leftSection={<IconPlus size={14} />}>
                {t('new.button')}
              </Button>
            </Tooltip>
          )}
        </div>
      }
    >
      <div className={classes.list}>
        <div className={classes.filters}>
          <SearchInput label={t('filter.q')} value={search.get('q') ?? ''} onChange={(next) => set('q', next)} />
          <MultiSelect
            size="xs"
            clearable
            aria-label={t('filter.state')}
            placeholder={many('state').length > 0 ? undefined : t('filter.not_closed')}
            data={STATES.map((one) => ({ value: one, label: t(`state.${one}`) }))}
            value={many('state')}
            onChange={(next) => set('state', next.join(','))}
          />
          <MultiSelect
            size="xs"
            clearable
            aria-label={t('filter.severity')}
            placeholder={many('severity').length > 0 ? undefined : t('filter.severity')}
            data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
            value={many('severity')}
            onChange={(next) => set('severity', next.join(','))}
          />
          <MultiSelect
            size="xs"
            clearable
            searchable
            aria-label={t('filter.kind')}
            placeholder={many('kind').length > 0 ? undefined : t('filter.kind')}
            data={kinds.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={many('kind')}
            onChange={(next) => set('kind', next.join(','))}
          />
          <Select
            size="xs"
            clearable
            aria-label={t('filter.agency')}
            placeholder={t('filter.agency')}
            data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={search.get('agency')}
            onChange={(next) => set('agency', next ?? '')}
          />
          <Select
            size="xs"
            clearable
            searchable
            aria-label={t('filter.area')}
            placeholder={t('filter.area')}
            data={areas.map((one) => ({ value: one.path, label: format.name(one.name) }))}
            value={search.get('area')}
            onChange={(next) => set('area', next ?? '')}
          />
          <Switch
            size="xs"
            label={t('filter.mine')}
            checked={search.has('mine')}
            onChange={(event) => set('mine', event.currentTarget.checked ? '1' : '')}
          />
          <Switch
            size="xs"
            label={t('filter.late')}
            checked={search.has('late')}
            onChange={(event) => set('late', event.currentTarget.checked ? '1' : '')}
          />
          <span className={classes.grow} />
          {view === 'list' && (
            <Select
              size="xs"
              w={170}
              allowDeselect={false}
              aria-label={t('sort.label')}
              data={SORTS.map((one) => ({ value: one, label: t(`sort.${one}`) }))}
              value={sort}
              onChange={(next) => set('sort', next && next !== 'due' ? next : '')}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('view.label')}
            data={VIEWS.map((one) => ({ value: one, label: t(`view.${one}`) }))}
            value={view}
            onChange={(next) => set('view', next === 'list' ? '' : next)}
          />
        </div>
        <div className={classes.body}>
          {view === 'map' ? (
            <Suspense fallback={<LoadingRows />}>
              <IncidentsMap filters={filters} onOpen={(id) => void navigate(`/incidents/${id}`)} />
            </Suspense>
          ) : (
            <Rows filters={filters} sort={sort} board={view === 'board'} />
          )}
        </div>
      </div>
    </Page>
  );
}

function Rows({ filters, sort, board }: { filters: Filters; sort: string; board: boolean }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const title = useTitle();
  const navigate = useNavigate();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  const { rows, hasMore, more, isPending, error, refetch } = usePages<IncidentRow>('incidents', '/incidents', {
    ...filters,
    sort: board ? 'due' : sort,
  });
  const columns: Column<IncidentRow>[] = [
    { id: 'number', header: t('column.number'), width: '116px', render: (row) => row.number },
    {
      id: 'severity',
      header: t('column.severity'),
      width: '110px',
      render: (row) => <SeverityWord severity={row.severity} />,
    },
    {
      id: 'title',
      header: t('column.title'),
      width: 'minmax(180px, 3fr)',
      render: (row) => (
        <>
          <b>{title(row)}</b> {row.title && <span className={classes.faint}>{format.name(row.kind.name)}</span>}
        </>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '120px',
      render: (row) => <StateWord state={row.state} reopened={row.reopened} />,
    },
    {
      id: 'clock',
      header: t('column.clock'),
      width: '210px',
      render: (row) => <NextClock clocks={row.clocks} />,
    },
    {
      id: 'place',
      header: t('column.place'),
      width: 'minmax(140px, 2fr)',
      render: (row) => [row.address, format.name(row.jurisdiction.name)].filter(Boolean).join(' · '),
    },
    { id: 'agency', header: t('column.agency'), width: '130px', render: (row) => format.name(row.agency.name) },
    { id: 'who', header: t('column.in_charge'), width: '130px', render: (row) => row.in_charge ?? '–' },
    { id: 'opened', header: t('column.opened'), width: '150px', render: (row) => format.when(row.opened_ms) },
  ];
  if (error && rows.length === 0) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <LoadingRows rows={10} height={30} />;
  const open = (row: IncidentRow) => void navigate(`/incidents/${row.id}`);
  const empty = <EmptyState icon={IconCircleCheck} title={t('none')} hint={t('none_hint')} />;
  if (board || narrow) {
    if (rows.length === 0) return empty;
    return board ? <Board rows={rows} /> : <Cards rows={rows} withState />;
  }
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      onOpen={open}
      onMore={more}
      hasMore={hasMore}
      empty={empty}
    />
  );
}

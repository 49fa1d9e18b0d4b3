import { MultiSelect, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMessageCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { jurisdictionsQuery } from '@/api/queries';
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
import classes from './citizens.module.css';
import { StateWord } from './Marks';
import { countsQuery, type Filters } from './queries';
import { ReportPanel } from './ReportPanel';
import { STATES, type ReportRow } from './types';

const FILTERS = ['q', 'state', 'kind', 'area'] as const;

/** What citizens have told at /report, newest first; one of them beside it, to look into and to answer. */
export function Component() {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  const { search, set } = useSearch();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const filters = useMemo<Filters>(
    () => Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? undefined])),
    [search],
  );
  const open = search.get('open');
  const counts = useQuery(countsQuery(filters)).data;
  const pages = usePages<ReportRow>('citizens', '/citizen-reports', filters);
  const step = (by: number) => {
    const at = pages.rows.findIndex((row) => row.id === open);
    const next = pages.rows[at < 0 ? 0 : Math.max(0, Math.min(pages.rows.length - 1, at + by))];
    if (next) set('open', next.id);
  };
  useShortcut('j', t('keys.next'), () => step(1));
  useShortcut('k', t('keys.previous'), () => step(-1));
  useShortcut('Escape', t('keys.back'), () => set('open', ''), open !== null);
  const many = (name: string) => (search.get(name) ?? '').split(',').filter(Boolean);
  const numbered = (name: string, number: number | undefined) =>
    number === undefined ? name : `${name} (${format.number(number)})`;
  return (
    <Page
      title={t('title')}
      note={
        counts &&
        t('sum', {
          received: format.number(counts.by_state.received ?? 0),
          in_hand: format.number(counts.by_state.in_hand ?? 0),
        })
      }
    >
      <div className={classes.page} data-open={open !== null}>
        <div className={classes.filters}>
          <SearchInput label={t('filter.q')} value={search.get('q') ?? ''} onChange={(next) => set('q', next)} />
          <MultiSelect
            size="xs"
            clearable
            aria-label={t('filter.state')}
            placeholder={many('state').length > 0 ? undefined : t('filter.state')}
            data={STATES.map((one) => ({ value: one, label: numbered(t(`state.${one}`), counts?.by_state[one]) }))}
            value={many('state')}
            onChange={(next) => set('state', next.join(','))}
          />
          <MultiSelect
            size="xs"
            clearable
            searchable
            aria-label={t('filter.kind')}
            placeholder={many('kind').length > 0 ? undefined : t('filter.kind')}
            data={(counts?.kinds ?? []).map((one) => ({
              value: one.code,
              label: numbered(format.name(one.name), one.number),
            }))}
            value={many('kind')}
            onChange={(next) => set('kind', next.join(','))}
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
        </div>
        <div className={classes.left}>
          <Rows
            pages={pages}
            open={open}
            filtered={FILTERS.some((name) => search.has(name))}
            onOpen={(id) => set('open', id)}
          />
        </div>
        {open !== null && (
          <div className={classes.right}>
            <ReportPanel key={open} id={open} onClose={() => set('open', '')} />
          </div>
        )}
      </div>
    </Page>
  );
}

interface RowsProps {
  pages: ReturnType<typeof usePages<ReportRow>>;
  open: string | null;
  filtered: boolean;
  onOpen: (id: string) => void;
}

function Rows({ pages, open, filtered, onOpen }: RowsProps) {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  const { rows, hasMore, more, isPending, error, refetch } = pages;
  const columns: Column<ReportRow>[] = [
    {
      id: 'number',
      header: t('column.number'),
      width: '104px',
      render: (row) => (row.id === open ? <b>{row.number}</b> : row.number),
    },
    { id: 'when', header: t('column.when'), width: '156px', render: (row) => format.when(row.created_ms) },
    { id: 'kind', header: t('column.kind'), width: 'minmax(110px, 1fr)', render: (row) => format.name(row.kind) },
    { id: 'state', header: t('column.state'), width: '132px', render: (row) => <StateWord state={row.state} /> },
    { id: 'words', header: t('column.words'), width: 'minmax(160px, 4fr)', render: (row) => row.words || '–' },
    { id: 'place', header: t('column.place'), width: 'minmax(110px, 1fr)', render: (row) => format.name(row.place) },
    { id: 'incident', header: t('column.incident'), width: '118px', render: (row) => row.incident?.number ?? '–' },
  ];
  const beside = ['number', 'kind', 'state', 'words'];
  if (error && rows.length === 0) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <LoadingRows rows={10} height={30} />;
  const empty = (
    <EmptyState
      icon={IconMessageCheck}
      title={t(filtered ? 'none_match' : 'none')}
      hint={t(filtered ? 'none_match_hint' : 'none_hint')}
    />
  );
  if (narrow)
    return rows.length === 0 ? (
      empty
    ) : (
      <ul className={classes.cards}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className={classes.card} onClick={() => onOpen(row.id)}>
              <span className={classes.cardHead}>
                <b>{format.name(row.kind)}</b>
                <StateWord state={row.state} />
              </span>
              <span className={classes.words}>{row.words}</span>
              <span className={classes.faint}>
                {[row.number, format.when(row.created_ms), format.name(row.place)].join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    );
  return (
    <DataTable
      label={t('title')}
      columns={open === null ? columns : columns.filter((one) => beside.includes(one.id))}
      rows={rows}
      rowId={(row) => row.id}
      onOpen={(row) => onOpen(row.id)}
      onMore={more}
      hasMore={hasMore}
      empty={empty}
    />
  );
}

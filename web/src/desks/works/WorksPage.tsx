import { Button, Group, Menu, Select, Skeleton, Tabs, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconDownload, IconPlus, IconSearch, IconShovel } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { queryString } from '@/api/client';
import { useCan } from '@/api/queries';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import { dayMs } from './days';
import { PackageForm } from './PackageForm';
import { ProjectCards } from './ProjectCards';
import { ProjectForm } from './ProjectForm';
import { kindsQuery, mapQuery, packagesQuery, projectsQuery } from './queries';
import { ShareBar } from './ShareBar';
import { SitesTable } from './SitesTable';
import { StateWord } from './StateWord';
import { STATES, type PackageRow } from './types';
import classes from './works.module.css';

const WorksMap = lazy(() => import('./WorksMap'));

/** Roll-out works: what is late and critical first, on the list and on the map. */
export function Component() {
  const { t } = useTranslation('works');
  const format = useFormat();
  const navigate = useNavigate();
  const mayEdit = useCan('works.edit');
  const narrow = useMediaQuery('(max-width: 62em)') ?? false;
  const wide = useMediaQuery('(min-width: 85em)') ?? true;
  const [search, setSearch] = useSearchParams();
  const [making, setMaking] = useState<'project' | 'package' | null>(null);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 250);
  const view = search.get('view') ?? 'list';
  const project = search.get('project') ?? undefined;
  const state = search.get('state') ?? undefined;
  const kind = search.get('kind') ?? undefined;
  const narrowBy = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const projects = useQuery(projectsQuery);
  const kinds = useQuery(kindsQuery).data ?? [];
  const packages = useQuery(packagesQuery({ project, state, kind, q }));
  const drawn = useQuery({ ...mapQuery(project), enabled: view === 'map' || (view === 'list' && wide) });
  const rows = useMemo(() => packages.data?.items ?? [], [packages.data]);
  const shown = useMemo(() => {
    const ids = new Set(rows.map((row) => row.id));
    return (drawn.data ?? []).filter((one) => ids.has(one.id));
  }, [drawn.data, rows]);
  const open = (id: string) => void navigate(`/works/packages/${id}`);
  const columns = useColumns();
  const map = (
    <div className={classes.mapBox}>
      <Suspense fallback={<Skeleton height="100%" />}>
        <WorksMap items={shown} selected={null} onOpen={open} />
      </Suspense>
    </div>
  );
  const list =
    packages.error && rows.length === 0 ? (
      <ErrorState error={packages.error} onRetry={() => void packages.refetch()} />
    ) : packages.isPending ? (
      <LoadingRows rows={10} />
    ) : rows.length === 0 ? (
      <EmptyState icon={IconShovel} title={t('none')} hint={t(mayEdit ? 'none_hint_edit' : 'none_hint')} />
    ) : narrow ? (
      <div className={classes.cards}>
        {rows.map((row) => (
          <PackageCard key={row.id} row={row} onOpen={() => open(row.id)} />
        ))}
      </div>
    ) : (
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={(row) => open(row.id)}
      />
    );
  return (
    <Page
      title={t('title')}
      note={packages.data && t('as_of', { time: format.when(packages.data.as_of_ms) })}
      actions={
        <Group gap={8} wrap="nowrap">
          <ExportMenu project={project} />
          {mayEdit && (
            <Menu>
              <Menu.Target>
                <Button size="xs" leftSection={<IconPlus size={14} />}>
                  {t('new')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setMaking('package')} disabled={!projects.data?.length}>
                  {t('new_package')}
                </Menu.Item>
                <Menu.Item onClick={() => setMaking('project')}>{t('new_project')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      }
    >
      <div className={classes.layout}>
        <ProjectCards
          projects={projects.data ?? []}
          selected={project}
          onSelect={(id) => narrowBy('project', id === project ? null : id)}
        />
        <Group gap={8} px={12} py={8} justify="space-between">
          <Group gap={8}>
            <TextInput
              size="xs"
              w={{ base: '100%', xs: 200 }}
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<IconSearch size={14} />}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Select
              size="xs"
              w={150}
              clearable
              aria-label={t('fact.state')}
              placeholder={t('fact.state')}
              data={STATES.map((one) => ({ value: one, label: t(`state.${one}`) }))}
              value={state ?? null}
              onChange={(value) => narrowBy('state', value)}
            />
            <Select
              size="xs"
              w={170}
              clearable
              aria-label={t('fact.kind')}
              placeholder={t('fact.kind')}
              data={kinds.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={kind ?? null}
              onChange={(value) => narrowBy('kind', value)}
            />
          </Group>
          <Tabs value={view} onChange={(value) => narrowBy('view', value === 'list' ? null : value)} variant="pills">
            <Tabs.List>
              {['list', 'map', 'sites'].map((one) => (
                <Tabs.Tab key={one} value={one} py={5} px={12}>
                  {t(`view.${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        </Group>
        {view === 'sites' ? (
          <SitesTable />
        ) : view === 'map' ? (
          <div className={classes.mapBox} style={{ flex: 1, borderLeft: 'none' }}>
            {map}
          </div>
        ) : (
          <div className={classes.split} data-map={wide || undefined}>
            <div className={classes.table}>{list}</div>
            {wide && map}
          </div>
        )}
      </div>
      {making === 'project' && <ProjectForm onClose={() => setMaking(null)} />}
      {making === 'package' && <PackageForm project={project} onClose={() => setMaking(null)} />}
    </Page>
  );
}

function useColumns(): Column<PackageRow>[] {
  const { t } = useTranslation('works');
  const format = useFormat();
  return useMemo(
    () => [
      { id: 'number', header: t('fact.number'), width: '76px', render: (row) => row.number },
      {
        id: 'name',
        header: t('fact.package'),
        width: 'minmax(170px, 2fr)',
        render: (row) => (
          <span style={{ fontWeight: row.critical ? 600 : 400 }} title={row.critical ? t('critical') : undefined}>
            {format.name(row.name)}
          </span>
        ),
      },
      {
        id: 'done',
        header: t('fact.done'),
        width: '158px',
        align: 'end',
        render: (row) => <Quantity row={row} />,
      },
      {
        id: 'share',
        header: t('fact.share'),
        width: 'minmax(120px, 1fr)',
        render: (row) => <ShareBar done={row.done_share} planned={row.planned_share} />,
      },
      { id: 'state', header: t('fact.state'), width: '132px', render: (row) => <StateWord state={row.state} /> },
      {
        id: 'held',
        header: t('fact.held_up_by'),
        width: '110px',
        render: (row) => format.name(row.held_up_by?.name) || '–',
      },
      {
        id: 'end',
        header: t('fact.end'),
        width: '104px',
        render: (row) => format.date(dayMs(row.plan.end)),
      },
      { id: 'forecast', header: t('fact.forecast'), width: '118px', render: (row) => <ForecastWord row={row} /> },
    ],
    [format, t],
  );
}

function Quantity({ row }: { row: PackageRow }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  return (
    <>
      {t('of', {
        done: format.number(row.done, row.decimals),
        planned: format.number(row.plan.quantity, row.decimals),
        unit: format.name(row.unit),
      })}
    </>
  );
}

/** When it will be done, or why nobody can say. */
export function ForecastWord({ row }: { row: PackageRow }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  if (row.state === 'done') return <>–</>;
  if (row.forecast.on === null) return <span className={classes.faint}>{t(`forecast.${row.forecast.state}`)}</span>;
  return (
    <span style={row.days_late ? { color: 'var(--alarm)' } : undefined}>{format.date(dayMs(row.forecast.on))}</span>
  );
}

function PackageCard({ row, onOpen }: { row: PackageRow; onOpen: () => void }) {
  const format = useFormat();
  return (
    <UnstyledButton className={classes.card} onClick={onOpen}>
      <span className={classes.cardHead}>
        <span className={classes.cardName}>{format.name(row.name)}</span>
        <StateWord state={row.state} />
      </span>
      <span className={classes.faint}>
        {row.number} · <Quantity row={row} />
        {row.held_up_by && ` · ${format.name(row.held_up_by.name)}`}
      </span>
      <ShareBar done={row.done_share} planned={row.planned_share} />
    </UnstyledButton>
  );
}

function ExportMenu({ project }: { project: string | undefined }) {
  const { t } = useTranslation('works');
  const { language } = useFormat();
  const link = (form: string) => `/api/v1/works/export${queryString({ format: form, language, project })}`;
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={link('xlsx')} download>
          {t('export_xlsx')}
        </Menu.Item>
        <Menu.Item component="a" href={link('pdf')} download>
          {t('export_pdf')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

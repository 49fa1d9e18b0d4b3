import { Button, Checkbox, Drawer, Group, MultiSelect, SegmentedControl, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChecks, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { usePages } from '@/api/usePages';
import {
  DataTable,
  EmptyState,
  ErrorState,
  LoadingRows,
  SearchInput,
  type Column,
  useFormat,
  useShortcut,
} from '@/kit';
import { Frame } from '../Frame';
import { AreaSelect } from '../parts/AreaSelect';
import { Mark } from '../parts/Mark';
import { dayMs, TASK_TONE } from '../parts/words';
import classes from '../programme.module.css';
import { overviewQuery } from '../queries';
import { PRIORITIES, TASK_KINDS, TASK_STATES, type TaskRow } from '../types';
import { useAddress } from '@/kit/useAddress';
import { Batches } from './Batches';
import { Board } from './Board';
import { TaskForm } from './TaskForm';
import { TaskPanel } from './TaskPanel';
import { whoseOf } from './whose';

const NAMES = [
  'q',
  'state',
  'kind',
  'priority',
  'jurisdiction',
  'mine',
  'late',
  'premises',
  'clause',
  'batch',
  'sort',
  'view',
  'open',
] as const;
const NARROWING = NAMES.slice(0, 10);
const ON_PHONE = ['state', 'title'];

/** What is to be done, by whom, until when; as a list or as a board. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { values, change } = useAddress(NAMES);
  const [adding, setAdding] = useState(false);
  const [batches, setBatches] = useState(false);
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const manages = useCan('programme.manage');
  const holdsOffice = (useQuery(overviewQuery).data?.offices.length ?? 0) > 0;
  const maySet = manages || holdsOffice;
  const { open, view, sort = 'due', ...filters } = values;
  const board = view === 'board';
  const pages = usePages<TaskRow>('tasks', '/tasks', { ...filters, sort });
  useShortcut('n', t('task.add'), () => setAdding(true), maySet);
  const columns = useMemo<Column<TaskRow>[]>(() => {
    const all: Column<TaskRow>[] = [
      {
        id: 'state',
        header: t('task.state_word'),
        width: '140px',
        render: (row) => (
          <Mark tone={row.late ? 'bad' : TASK_TONE[row.state]}>
            {row.late ? t('task.late') : t(`task.state.${row.state}`)}
          </Mark>
        ),
      },
      { id: 'title', header: t('task.title'), width: 'minmax(200px, 2.4fr)', render: (row) => format.name(row.title) },
      { id: 'kind', header: t('task.kind_word'), width: '120px', render: (row) => t(`task.kind.${row.kind}`) },
      {
        id: 'priority',
        header: t('task.priority_word'),
        width: '110px',
        sort: 'priority',
        render: (row) => t(`task.priority.${row.priority}`),
      },
      {
        id: 'due',
        header: t('task.due'),
        width: '130px',
        sort: 'due',
        render: (row) =>
          row.due_day ? (
            <span className={row.late ? classes.late : undefined}>{format.date(dayMs(row.due_day))}</span>
          ) : (
            ''
          ),
      },
      {
        id: 'who',
        header: t('task.who'),
        width: 'minmax(140px, 1.2fr)',
        render: (row) => whoseOf(row, format, t('task.station')),
      },
      {
        id: 'place',
        header: t('ladder.place'),
        width: 'minmax(120px, 1fr)',
        render: (row) => format.name(row.jurisdiction.name),
      },
      {
        id: 'list',
        header: t('task.checklist'),
        width: '90px',
        align: 'end',
        render: (row) => (row.items ? `${format.number(row.items_done)}/${format.number(row.items)}` : ''),
      },
    ];
    return onPhone ? all.filter(({ id }) => ON_PHONE.includes(id)) : all;
  }, [format, onPhone, t]);
  const narrowed = NARROWING.some((name) => values[name]);
  const empty = (
    <EmptyState
      icon={IconChecks}
      title={t('task.none')}
      hint={t(narrowed ? 'ladder.none_hint' : maySet ? 'task.none_hint' : 'task.none_hint_reader')}
    />
  );
  return (
    <Frame
      note={pages.as_of_ms !== undefined && t('task.count', { count: pages.total, number: format.number(pages.total) })}
      actions={
        <Group gap={8}>
          {!onPhone && (
            <SegmentedControl
              size="xs"
              aria-label={t('task.view')}
              value={board ? 'board' : 'list'}
              onChange={(next) => change({ view: next === 'board' ? 'board' : null })}
              data={[
                { value: 'list', label: t('task.as_list') },
                { value: 'board', label: t('task.as_board') },
              ]}
            />
          )}
          {maySet && (
            <>
              <Button size="xs" variant="default" onClick={() => setBatches(true)}>
                {t('bulk.made')}
              </Button>
              <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
                {t('task.add')}
              </Button>
            </>
          )}
        </Group>
      }
    >
      <div className={classes.listed}>
        <Group gap={8} p={8} px={12}>
          <SearchInput label={t('search')} value={values.q ?? ''} onChange={(q) => change({ q })} />
          {!board && (
            <Select
              size="xs"
              w={{ base: '100%', xs: 150 }}
              aria-label={t('task.state_word')}
              placeholder={t('task.state_word')}
              clearable
              data={[
                { value: 'standing', label: t('task.standing') },
                ...TASK_STATES.map((one) => ({ value: one, label: t(`task.state.${one}`) })),
              ]}
              value={values.state ?? null}
              onChange={(state) => change({ state })}
            />
          )}
          <MultiSelect
            size="xs"
            w={{ base: '100%', xs: 150 }}
            aria-label={t('task.kind_word')}
            placeholder={values.kind ? '' : t('task.kind_word')}
            clearable
            data={TASK_KINDS.map((one) => ({ value: one, label: t(`task.kind.${one}`) }))}
            value={values.kind?.split(',') ?? []}
            onChange={(next) => change({ kind: next.join(',') })}
          />
          <Select
            size="xs"
            w={{ base: '100%', xs: 130 }}
            aria-label={t('task.priority_word')}
            placeholder={t('task.priority_word')}
            clearable
            data={PRIORITIES.map((one) => ({ value: one, label: t(`task.priority.${one}`) }))}
            value={values.priority ?? null}
            onChange={(priority) => change({ priority })}
          />
          <AreaSelect
            size="xs"
            w={{ base: '100%', xs: 160 }}
            aria-label={t('ladder.place')}
            placeholder={t('ladder.place')}
            clearable
            value={values.jurisdiction ?? null}
            onChange={(jurisdiction) => change({ jurisdiction })}
          />
          {(['mine', 'late'] as const).map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={t(name === 'mine' ? 'task.mine' : 'task.late')}
              checked={values[name] === 'true'}
              onChange={(event) => change({ [name]: event.currentTarget.checked ? 'true' : null })}
            />
          ))}
          {narrowed && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<IconX size={14} />}
              onClick={() => change(Object.fromEntries(NARROWING.map((name) => [name, null])))}
            >
              {t('clear')}
            </Button>
          )}
        </Group>
        <div className={classes.table}>
          {pages.error && pages.rows.length === 0 ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={14} height={22} />
          ) : board && !onPhone ? (
            <Board rows={pages.rows} onOpen={(id) => change({ open: id })} empty={empty} />
          ) : (
            <DataTable
              label={t('part.tasks')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              sort={sort}
              onSort={(next) => change({ sort: next === '-priority' ? 'priority' : next })}
              onOpen={(row) => change({ open: row.id })}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={empty}
            />
          )}
        </div>
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => change({ open: null })}
        position="right"
        size="md"
        title={t('task.one')}
      >
        {open && <TaskPanel key={open} taskId={open} />}
      </Drawer>
      {adding && (
        <TaskForm
          {...(values.clause ? { clauseId: values.clause } : {})}
          {...(values.premises ? { premisesId: values.premises } : {})}
          onClose={() => setAdding(false)}
          onMade={(id) => change({ open: id })}
        />
      )}
      <Batches opened={batches} onClose={() => setBatches(false)} />
    </Frame>
  );
}

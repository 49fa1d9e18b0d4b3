import { Button, Checkbox, Drawer, Group, Menu, MultiSelect, Select, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBuildingStore, IconColumns, IconListCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codedQuery, useCan } from '@/api/queries';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, SearchInput, useFormat } from '@/kit';
import { Frame } from '../Frame';
import { AreaSelect } from '../parts/AreaSelect';
import classes from '../programme.module.css';
import { officersQuery, overviewQuery } from '../queries';
import { BulkForm } from '../tasks/BulkForm';
import { CAMERA_STEPS, STEPS, type Linkage } from '../types';
import { useAddress } from '@/kit/useAddress';
import { ladderColumns, FIRST_COLUMNS, ON_PHONE } from './columns';
import { LinkagePanel } from './LinkagePanel';

const NAMES = [
  'q',
  'step',
  'camera_step',
  'owner_class',
  'department',
  'jurisdiction',
  'without_cameras',
  'officer',
  'sort',
  'columns',
  'open',
] as const;
const NARROWING = NAMES.slice(0, 8);

/** Every premises of the programme on the ladder; a row opens its history and what may be done next. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { values, change } = useAddress(NAMES);
  const [bulk, setBulk] = useState(false);
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const { open, columns: chosenText, officer, sort = 'name', ...filters } = values;
  const pages = usePages<Linkage>('linkages', '/linking/premises', { ...filters, sort });
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const officers = useQuery(officersQuery).data ?? [];
  const manages = useCan('programme.manage');
  const holdsOffice = (useQuery(overviewQuery).data?.offices.length ?? 0) > 0;
  const all = useMemo(() => ladderColumns(t, format), [t, format]);
  const chosen = chosenText?.split(',') ?? FIRST_COLUMNS;
  const columns = all.filter(({ id }) => (onPhone ? ON_PHONE : chosen).includes(id));
  const coded = (rows: { code: string; name: { en: string; hi: string } }[]) =>
    rows.map((row) => ({ value: row.code, label: format.name(row.name) }));
  const several = {
    step: STEPS.map((step) => ({ value: step, label: t(`step.${step}`) })),
    camera_step: CAMERA_STEPS.map((step) => ({ value: step, label: t(`camera_step.${step}`) })),
    owner_class: coded(owners),
    department: coded(departments),
  };
  const narrowed = NARROWING.some((name) => values[name]);
  /** An officer's list is that of the area and department they answer for. */
  const ofOfficer = (id: string | null) => {
    const one = officers.find((row) => row.id === id);
    change({ officer: id, jurisdiction: one?.jurisdiction.path ?? null, department: one?.department?.code ?? null });
  };
  return (
    <Frame
      note={
        pages.as_of_ms !== undefined && t('ladder.count', { count: pages.total, number: format.number(pages.total) })
      }
      actions={
        <Group gap={8}>
          {!onPhone && (
            <Menu closeOnItemClick={false} position="bottom-end" shadow="none">
              <Menu.Target>
                <Button size="xs" variant="default" leftSection={<IconColumns size={14} />}>
                  {t('columns')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
                <Stack gap={8} p={8}>
                  {all.map((column) => (
                    <Checkbox
                      key={column.id}
                      size="xs"
                      label={column.header}
                      checked={chosen.includes(column.id)}
                      disabled={chosen.length === 1 && chosen[0] === column.id}
                      onChange={(event) =>
                        change({
                          columns: (event.currentTarget.checked
                            ? [...chosen, column.id]
                            : chosen.filter((id) => id !== column.id)
                          ).join(','),
                        })
                      }
                    />
                  ))}
                </Stack>
              </Menu.Dropdown>
            </Menu>
          )}
          {(manages || holdsOffice) && (
            <Button
              size="xs"
              leftSection={<IconListCheck size={14} />}
              disabled={pages.total === 0}
              onClick={() => setBulk(true)}
            >
              {t('bulk.open')}
            </Button>
          )}
        </Group>
      }
    >
      <div className={classes.listed}>
        <Group gap={8} p={8} px={12}>
          <SearchInput label={t('search')} value={values.q ?? ''} onChange={(q) => change({ q })} />
          {(['step', 'camera_step', 'owner_class', 'department'] as const).map((name) => (
            <MultiSelect
              key={name}
              size="xs"
              w={{ base: '100%', xs: 150 }}
              aria-label={t(`ladder.${name}`)}
              placeholder={values[name] ? '' : t(`ladder.${name}`)}
              data={several[name]}
              value={values[name]?.split(',') ?? []}
              onChange={(next) => change({ [name]: next.join(',') })}
              searchable
              clearable
              nothingFoundMessage={t('nothing_found')}
            />
          ))}
          <AreaSelect
            size="xs"
            w={{ base: '100%', xs: 160 }}
            aria-label={t('ladder.place')}
            placeholder={t('ladder.place')}
            levels={['zone', 'circle', 'police_station']}
            clearable
            value={values.jurisdiction ?? null}
            onChange={(jurisdiction) => change({ jurisdiction, officer: null })}
          />
          <Select
            size="xs"
            w={{ base: '100%', xs: 170 }}
            aria-label={t('score.officer')}
            placeholder={t('score.officer')}
            data={officers.map((one) => ({
              value: one.id,
              label: `${one.person.name} · ${format.name(one.jurisdiction.name)}`,
            }))}
            value={officer ?? null}
            onChange={ofOfficer}
            searchable
            clearable
            nothingFoundMessage={t('nothing_found')}
          />
          <Checkbox
            size="xs"
            label={t('ladder.without_cameras')}
            checked={values.without_cameras === 'true'}
            onChange={(event) => change({ without_cameras: event.currentTarget.checked ? 'true' : null })}
          />
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
          ) : (
            <DataTable
              label={t('part.premises')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              sort={sort}
              onSort={(next) => change({ sort: next.replace('-', '') })}
              onOpen={(row) => change({ open: row.id })}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconBuildingStore} title={t('ladder.none')} hint={t('ladder.none_hint')} />}
            />
          )}
        </div>
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => change({ open: null })}
        position="right"
        size="md"
        title={t('ladder.one')}
      >
        {open && <LinkagePanel key={open} premisesId={open} />}
      </Drawer>
      {bulk && (
        <BulkForm
          filters={{
            step: filters.step?.split(',') ?? [],
            owner_class: filters.owner_class?.split(',') ?? [],
            department: filters.department?.split(',') ?? [],
            jurisdiction: filters.jurisdiction ?? '',
          }}
          more={Boolean(filters.q || filters.camera_step || filters.without_cameras)}
          onClose={() => setBulk(false)}
        />
      )}
    </Frame>
  );
}

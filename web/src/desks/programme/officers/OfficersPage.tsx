import { Button, Checkbox, Drawer, Group, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
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
import { dayMs } from '../parts/words';
import classes from '../programme.module.css';
import { officesQuery } from '../queries';
import type { Appointment } from '../types';
import { useAddress } from '@/kit/useAddress';
import { AppointmentForm } from './AppointmentForm';
import { AppointmentPanel } from './AppointmentPanel';

const NAMES = ['q', 'office', 'jurisdiction', 'former', 'open'] as const;
const ON_PHONE = ['person', 'office'];

/** Who holds which office where, by which order; also who held it before. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { values, change } = useAddress(NAMES);
  const [adding, setAdding] = useState(false);
  const manages = useCan('programme.manage');
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const offices = useQuery(officesQuery).data ?? [];
  const { open, former, ...filters } = values;
  const pages = usePages<Appointment>('appointments', '/appointments', {
    ...filters,
    ...(former ? {} : { standing: 'true' }),
  });
  useShortcut('n', t('officer.add'), () => setAdding(true), manages);
  const columns = useMemo<Column<Appointment>[]>(() => {
    const all: Column<Appointment>[] = [
      { id: 'person', header: t('officer.person'), width: 'minmax(160px, 1.5fr)', render: (row) => row.person.name },
      {
        id: 'rank',
        header: t('officer.rank'),
        width: 'minmax(140px, 1.3fr)',
        render: (row) => format.name(row.rank.name),
      },
      {
        id: 'office',
        header: t('officer.office'),
        width: 'minmax(150px, 1.4fr)',
        render: (row) => format.name(row.designation),
      },
      {
        id: 'place',
        header: t('officer.area'),
        width: 'minmax(120px, 1fr)',
        render: (row) => format.name(row.jurisdiction.name),
      },
      {
        id: 'agency',
        header: t('officer.agency'),
        width: 'minmax(120px, 1fr)',
        render: (row) => format.name((row.department ?? row.agency)?.name) || t('officer.every_agency'),
      },
      {
        id: 'from',
        header: t('officer.from'),
        width: '130px',
        render: (row) => format.date(dayMs(row.from_day)),
      },
      {
        id: 'to',
        header: t('officer.to'),
        width: '150px',
        render: (row) =>
          row.standing && !row.to_day ? (
            <Mark tone="good">{t('officer.standing')}</Mark>
          ) : row.to_day ? (
            format.date(dayMs(row.to_day))
          ) : (
            t('officer.not_yet')
          ),
      },
      {
        id: 'order',
        header: t('officer.order'),
        width: 'minmax(120px, 1fr)',
        render: (row) => row.order_reference,
      },
    ];
    return onPhone ? all.filter(({ id }) => ON_PHONE.includes(id)) : all;
  }, [format, onPhone, t]);
  return (
    <Frame
      note={
        pages.as_of_ms !== undefined && t('officer.count', { count: pages.total, number: format.number(pages.total) })
      }
      actions={
        manages && (
          <Button size="xs" leftSection={<IconUserPlus size={14} />} onClick={() => setAdding(true)}>
            {t('officer.add')}
          </Button>
        )
      }
    >
      <div className={classes.listed}>
        <Group gap={8} p={8} px={12}>
          <SearchInput label={t('search')} value={values.q ?? ''} onChange={(q) => change({ q })} />
          <Select
            size="xs"
            w={{ base: '100%', xs: 190 }}
            aria-label={t('officer.office')}
            placeholder={t('officer.office')}
            clearable
            data={offices.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.office ?? null}
            onChange={(office) => change({ office })}
          />
          <AreaSelect
            size="xs"
            w={{ base: '100%', xs: 170 }}
            aria-label={t('officer.area')}
            placeholder={t('officer.area')}
            clearable
            value={values.jurisdiction ?? null}
            onChange={(jurisdiction) => change({ jurisdiction })}
          />
          <Checkbox
            size="xs"
            label={t('officer.former')}
            checked={former === 'true'}
            onChange={(event) => change({ former: event.currentTarget.checked ? 'true' : null })}
          />
        </Group>
        <div className={classes.table}>
          {pages.error && pages.rows.length === 0 ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={10} height={22} />
          ) : (
            <DataTable
              label={t('part.officers')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              onOpen={(row) => change({ open: row.id })}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={
                <EmptyState
                  icon={IconUsers}
                  title={t('officer.none')}
                  hint={t(manages ? 'officer.none_hint' : 'officer.none_hint_reader')}
                />
              }
            />
          )}
        </div>
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => change({ open: null })}
        position="right"
        size="md"
        title={t('officer.one')}
      >
        {open && <AppointmentPanel key={open} id={open} />}
      </Drawer>
      {adding && <AppointmentForm onClose={() => setAdding(false)} />}
    </Frame>
  );
}

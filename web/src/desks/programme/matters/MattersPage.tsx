import { Checkbox, Drawer, Group, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconMoodCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, useFormat, type Column } from '@/kit';
import { Frame } from '../Frame';
import { Mark } from '../parts/Mark';
import { MATTER_TONE } from '../parts/words';
import classes from '../programme.module.css';
import type { Matter } from '../types';
import { useAddress } from '@/kit/useAddress';
import { MatterPanel } from './MatterPanel';

const NAMES = ['state', 'mine', 'open'] as const;
const STATES = ['open', 'acknowledged', 'settled'] as const;
const ON_PHONE = ['state', 'text'];

/** What was not done in time, and with whom it lies now. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { values, change } = useAddress(NAMES);
  const { open, ...filters } = values;
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const pages = usePages<Matter>('escalations', '/escalations', filters);
  const columns = useMemo<Column<Matter>[]>(() => {
    const all: Column<Matter>[] = [
      {
        id: 'state',
        header: t('task.state_word'),
        width: '150px',
        render: (row) => <Mark tone={MATTER_TONE[row.state]}>{t(`matter.state.${row.state}`)}</Mark>,
      },
      { id: 'text', header: t('matter.what'), width: 'minmax(220px, 3fr)', render: (row) => format.name(row.text) },
      {
        id: 'place',
        header: t('ladder.place'),
        width: 'minmax(110px, 1fr)',
        render: (row) => format.name(row.jurisdiction.name),
      },
      {
        id: 'to',
        header: t('matter.with'),
        width: 'minmax(160px, 1.4fr)',
        render: (row) => (row.to ? `${row.to.person.name} (${format.name(row.to.designation)})` : t('matter.nobody')),
      },
      {
        id: 'level',
        header: t('matter.level'),
        width: '70px',
        align: 'end',
        render: (row) => format.number(row.level),
      },
      { id: 'raised', header: t('matter.since'), width: '180px', render: (row) => format.dateTime(row.raised_ms) },
      {
        id: 'climbs',
        header: t('matter.climbs'),
        width: '180px',
        render: (row) => (row.state === 'open' && row.climbs_ms !== null ? format.dateTime(row.climbs_ms) : ''),
      },
    ];
    return onPhone ? all.filter(({ id }) => ON_PHONE.includes(id)) : all;
  }, [format, onPhone, t]);
  return (
    <Frame
      note={
        pages.as_of_ms !== undefined && t('matter.count', { count: pages.total, number: format.number(pages.total) })
      }
    >
      <div className={classes.listed}>
        <Group gap={8} p={8} px={12}>
          <Select
            size="xs"
            w={{ base: '100%', xs: 170 }}
            aria-label={t('task.state_word')}
            placeholder={t('task.state_word')}
            clearable
            data={STATES.map((one) => ({ value: one, label: t(`matter.state.${one}`) }))}
            value={values.state ?? null}
            onChange={(state) => change({ state })}
          />
          <Checkbox
            size="xs"
            label={t('matter.mine')}
            checked={values.mine === 'true'}
            onChange={(event) => change({ mine: event.currentTarget.checked ? 'true' : null })}
          />
        </Group>
        <div className={classes.table}>
          {pages.error && pages.rows.length === 0 ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={10} height={22} />
          ) : (
            <DataTable
              label={t('part.matters')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              onOpen={(row) => change({ open: row.id })}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconMoodCheck} title={t('matter.none')} hint={t('matter.none_hint')} />}
            />
          )}
        </div>
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => change({ open: null })}
        position="right"
        size="md"
        title={t('matter.one')}
      >
        {open && <MatterPanel key={open} id={open} />}
      </Drawer>
    </Frame>
  );
}

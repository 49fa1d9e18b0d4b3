import { Button, Group, Select } from '@mantine/core';
import { IconMail, IconReport } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import { jurisdictionsQuery, useCan } from '@/api/queries';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, useSearch, type Column } from '@/kit';
import { DateField } from '@/media';
import classes from '../reports.module.css';
import { StateMark } from '../StateMark';
import { DeskTabs } from '../Tabs';
import { noonOf, type ReportDay, type ReportDays } from '../types';
import { Recipients } from './Recipients';
import { useAreaName } from '../useAreaName';

/** Every day's report of every area: made, signed, late, missing. */
export function Component() {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const areaName = useAreaName();
  const navigate = useNavigate();
  const maySign = useCan('report.sign');
  const { search, set: narrow } = useSearch();
  const [recipients, setRecipients] = useState(false);
  const query = {
    first: search.get('first') ?? '',
    last: search.get('last') ?? '',
    jurisdiction: search.get('jurisdiction') ?? '',
  };
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const days = useQuery({
    queryKey: ['daily-reports', query],
    queryFn: ({ signal }) => api.get<ReportDays>('/daily-reports', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const columns = useMemo<Column<ReportDay>[]>(
    () => [
      { id: 'day', header: t('day'), width: '130px', render: (row) => format.date(noonOf(row.day)) },
      { id: 'area', header: t('area'), width: 'minmax(150px, 1.4fr)', render: (row) => areaName(row.area) },
      {
        id: 'state',
        header: t('state_title'),
        width: '150px',
        render: (row) => <StateMark state={row.state} words="state" />,
      },
      {
        id: 'officer',
        header: t('officer'),
        width: 'minmax(150px, 1.2fr)',
        render: (row) => row.officer?.name ?? t('nobody'),
      },
      {
        id: 'verified',
        header: t('column.verified'),
        width: '130px',
        align: 'end',
        render: (row) => (row.verified === null ? '–' : format.number(row.verified)),
      },
      {
        id: 'target',
        header: t('column.target'),
        width: '110px',
        align: 'end',
        render: (row) => (row.target === null ? '–' : format.number(row.target)),
      },
      {
        id: 'signed',
        header: t('signed_at'),
        width: 'minmax(150px, 1fr)',
        render: (row) => (row.signed_ms === null ? '' : format.dateTime(row.signed_ms)),
      },
    ],
    [areaName, format, t],
  );
  return (
    <Page
      title={t('title')}
      note={t('hint')}
      actions={
        maySign && (
          <Button size="xs" variant="default" leftSection={<IconMail size={14} />} onClick={() => setRecipients(true)}>
            {t('recipient.title')}
          </Button>
        )
      }
    >
      <div className={classes.layout}>
        <DeskTabs value="reports" />
        <Group gap={8} p={8} px={12}>
          <DateField
            size="xs"
            w={150}
            aria-label={t('first')}
            title={t('first')}
            value={query.first || (days.data?.first ?? '')}
            onChange={(day) => narrow('first', day)}
          />
          <DateField
            size="xs"
            w={150}
            aria-label={t('last')}
            title={t('last')}
            value={query.last || (days.data?.last ?? '')}
            onChange={(day) => narrow('last', day)}
          />
          <Select
            size="xs"
            w={220}
            searchable
            clearable
            aria-label={t('area')}
            placeholder={t('all_areas')}
            data={areas.map((one) => ({ value: one.path, label: `${format.name(one.name)} (${one.path})` }))}
            value={query.jurisdiction || null}
            onChange={(path) => narrow('jurisdiction', path ?? '')}
          />
        </Group>
        <div className={classes.table}>
          {days.error ? (
            <ErrorState error={days.error} onRetry={() => void days.refetch()} />
          ) : !days.data ? (
            <LoadingRows rows={10} height={22} />
          ) : (
            <DataTable
              label={t('title')}
              columns={columns}
              rows={days.data.items}
              rowId={(row) => `${row.day} ${row.area.path} ${row.area.agency}`}
              onOpen={(row) => row.id && void navigate(`/reports/${row.id}`)}
              empty={<EmptyState icon={IconReport} title={t('none')} hint={t('none_hint')} />}
            />
          )}
        </div>
      </div>
      {recipients && <Recipients onClose={() => setRecipients(false)} />}
    </Page>
  );
}

import { Button, Group, Select } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, Page, useFormat, type Column } from '@/kit';
import { SeverityMark } from './Mark';
import { SEVERITIES, type AlarmRow } from './types';

/** Alarms that are closed, newest first. */
export function Component() {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const navigate = useNavigate();
  const [severity, setSeverity] = useState('');
  const { rows, total, hasMore, more, error, refetch } = usePages<AlarmRow>('alarms', '/alarms', {
    state: 'closed',
    severity: severity || undefined,
  });
  const columns: Column<AlarmRow>[] = [
    { id: 'severity', header: '', width: '34px', render: (row) => <SeverityMark severity={row.severity} /> },
    { id: 'first', header: t('past.when'), width: '170px', render: (row) => format.when(row.first_ms) },
    { id: 'name', header: t('past.alarm'), width: 'minmax(180px, 2fr)', render: (row) => format.name(row.name) },
    {
      id: 'camera',
      header: t('past.camera'),
      width: 'minmax(160px, 2fr)',
      render: (row) => format.name(row.camera?.name),
    },
    {
      id: 'verdict',
      header: t('verdict_label'),
      width: '130px',
      render: (row) => (row.handling.verdict ? t(`verdict.${row.handling.verdict}`) : ''),
    },
    { id: 'by', header: t('past.by'), width: 'minmax(120px, 1fr)', render: (row) => row.handling.closed?.by ?? '' },
    { id: 'note', header: t('reason'), width: 'minmax(160px, 2fr)', render: (row) => row.handling.note },
  ];
  return (
    <Page
      title={t('past.title')}
      note={t('past.total', { count: total, number: format.number(total) })}
      actions={
        <Group gap={8}>
          <Select
            size="xs"
            clearable
            placeholder={t('filter.severity')}
            aria-label={t('filter.severity')}
            data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
            value={severity || null}
            onChange={(next) => setSeverity(next ?? '')}
          />
          <Button component={Link} to="/alarms" size="xs" variant="default" leftSection={<IconArrowLeft size={14} />}>
            {t('title')}
          </Button>
        </Group>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t('past.title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          hasMore={hasMore}
          onMore={more}
          onOpen={(row) => void navigate(`/alarms?open=${row.id}`)}
          empty={<EmptyState title={t('past.none')} />}
        />
      )}
    </Page>
  );
}

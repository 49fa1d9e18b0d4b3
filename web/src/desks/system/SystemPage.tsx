import { Paper, SimpleGrid, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Health } from '@/api/types';
import { ErrorState, LoadingRows, Page, StatusIcon, useFormat, useNow } from '@/kit';
import { StorageList } from './StorageList';
import classes from './SystemPage.module.css';

const READ_EVERY_MS = 5000;
/** A worker that was silent this long is taken for stopped: it reports each second. */
const SILENT_MS = 10_000;

/** Whether the centre itself is well. */
export function Component() {
  const { t } = useTranslation('system');
  const format = useFormat();
  const now = useNow();
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['health'],
    queryFn: () => api.get<Health>('/health'),
    refetchInterval: READ_EVERY_MS,
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const { disk } = data;
  const recordings = disk.recordings_bytes ?? 0;
  const other = Math.max(0, disk.total_bytes - disk.free_bytes - recordings);
  return (
    <Page
      title={t('title')}
      note={`${t('version', { version: data.version })} · ${t('registry:as_of', { time: format.time(dataUpdatedAt) })}`}
      padded
    >
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" mb="md">
        <Part title={t('database')} ok={data.database.ok} />
        <Part
          title={t('event_log')}
          ok={data.event_log.ok}
          detail={
            data.event_log.lag === null
              ? undefined
              : t('lag', { count: data.event_log.lag, number: format.number(data.event_log.lag) })
          }
        />
        <Paper withBorder p="md">
          <Text fw={600}>{t('disk')}</Text>
          <div
            className={classes.disk}
            role="img"
            aria-label={t('disk_free', { bytes: format.bytes(disk.free_bytes) })}
          >
            <i data-part="recordings" style={{ flexGrow: recordings }} />
            <i data-part="other" style={{ flexGrow: other }} />
            <i data-part="free" style={{ flexGrow: disk.free_bytes }} />
          </div>
          <Text size="sm">
            {t('disk_recordings', { bytes: format.bytes(recordings) })} ·{' '}
            {t('disk_other', { bytes: format.bytes(other) })} ·{' '}
            {t('disk_free', { bytes: format.bytes(disk.free_bytes) })}
          </Text>
        </Paper>
      </SimpleGrid>
      <Paper withBorder style={{ overflowX: 'auto' }}>
        <Text fw={600} p="md" pb={4}>
          {t('workers')}
        </Text>
        <Table verticalSpacing={6} horizontalSpacing="md" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              {(['worker', 'cameras', 'open_streams', 'recording', 'viewers', 'loop_lag', 'heard'] as const).map(
                (name) => (
                  <Table.Th key={name}>{t(name)}</Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.workers.map((worker) => {
              const silent = now - worker.at_ms > SILENT_MS;
              return (
                <Table.Tr key={worker.worker}>
                  <Table.Td>
                    <StatusIcon status={silent ? 'offline' : 'live'} /> {format.number(worker.worker)}
                  </Table.Td>
                  <Table.Td>{format.number(worker.cameras)}</Table.Td>
                  <Table.Td>{format.number(worker.open_streams)}</Table.Td>
                  <Table.Td>{format.number(worker.recording)}</Table.Td>
                  <Table.Td>{format.number(worker.viewers)}</Table.Td>
                  <Table.Td>{format.number(worker.loop_lag_ms, 1)} ms</Table.Td>
                  <Table.Td>{format.ago(worker.at_ms, now)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
        {data.workers.length === 0 && (
          <Text size="sm" c="dimmed" p="md" pt={4}>
            {t('no_workers')}
          </Text>
        )}
      </Paper>
      <StorageList storage={data.storage} now={now} />
    </Page>
  );
}

function Part({ title, ok, detail }: { title: string; ok: boolean; detail?: string | undefined }) {
  const { t } = useTranslation('system');
  return (
    <Paper withBorder p="md">
      <Text fw={600}>{title}</Text>
      <Text size="sm" mt={4}>
        <StatusIcon status={ok ? 'live' : 'stalled'} /> {t(ok ? 'well' : 'unwell')}
      </Text>
      {detail && (
        <Text size="xs" c="dimmed" mt={4}>
          {detail}
        </Text>
      )}
    </Paper>
  );
}

import { Paper, SimpleGrid, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Health } from '@/api/types';
import { StatusIcon, useFormat } from '@/kit';
import classes from './SystemPage.module.css';

type Storage = Health['storage'][number];

const STATUS = { ok: 'live', full: 'stalled', failed: 'offline' } as const;

/** Where recordings lie: disks and how they are, whose recordings take how much, what was found damaged. */
export function StorageList({ storage, now }: { storage: Storage[]; now: number }) {
  const { t } = useTranslation('system');
  return (
    <Paper withBorder mt="md" p="md">
      <Text fw={600}>{t('storage')}</Text>
      {storage.length === 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('no_storage')}
        </Text>
      )}
      {storage.map((one) => (
        <WorkerStorage key={one.worker} storage={one} now={now} named={storage.length > 1} />
      ))}
    </Paper>
  );
}

function WorkerStorage({ storage, now, named }: { storage: Storage; now: number; named: boolean }) {
  const { t } = useTranslation('system');
  const format = useFormat();
  const classesByName = Object.entries(storage.class_bytes).sort((one, other) => other[1] - one[1]);
  const facts: [string, string, boolean?][] = [
    [
      'recorded_bytes',
      `${format.bytes(storage.recorded_bytes)}, ${t('files', { count: storage.files, number: format.number(storage.files) })}`,
    ],
    ['oldest', storage.oldest_ms === null ? '–' : format.dateTime(storage.oldest_ms)],
    ['damaged', format.number(storage.damaged_files), storage.damaged_files > 0],
    ['unchecked', format.number(storage.unchecked_files)],
    ['oldest_check', storage.oldest_check_ms === null ? '–' : format.dateTime(storage.oldest_check_ms)],
    [
      'conversions',
      t('conversions_now', {
        number: format.number(storage.conversions),
        most: format.number(storage.conversions_most),
        pct: format.number(storage.conversion_cpu_pct),
      }),
    ],
    ['pre_roll', format.bytes(storage.pre_roll_bytes)],
  ];
  return (
    <section aria-label={t('storage_of', { number: format.number(storage.worker) })}>
      {named && (
        <Text size="sm" fw={600} mt="sm">
          {t('storage_of', { number: format.number(storage.worker) })}
        </Text>
      )}
      <div style={{ overflowX: 'auto' }}>
        <Table verticalSpacing={6} className={classes.table} mt={4}>
          <Table.Thead>
            <Table.Tr>
              {(['disk_path', 'disk_state', 'disk_room', 'disk_reserve', 'disk_since'] as const).map((name) => (
                <Table.Th key={name}>{t(name)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {storage.disks.map((disk) => (
              <Table.Tr key={disk.path}>
                <Table.Td>{disk.path}</Table.Td>
                <Table.Td>
                  <StatusIcon status={STATUS[disk.state as keyof typeof STATUS] ?? 'unknown'} />{' '}
                  {t(`state.${disk.state}`)}
                  {disk.detail && (
                    <Text size="xs" c="dimmed" lang="en">
                      {disk.detail}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  {format.bytes(disk.free_bytes)} / {format.bytes(disk.total_bytes)}
                </Table.Td>
                <Table.Td>{format.bytes(disk.reserve_bytes)}</Table.Td>
                <Table.Td>{format.ago(disk.since_ms, now)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm" mt="sm">
        {facts.map(([name, value, alarming]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {t(name)}
            </Text>
            <Text size="sm">
              {alarming && <StatusIcon status="offline" size={11} />} {value}
            </Text>
          </div>
        ))}
        {classesByName.length > 0 && (
          <div>
            <Text size="xs" c="dimmed">
              {t('classes')}
            </Text>
            {classesByName.map(([name, bytes]) => {
              const share = storage.class_share_pct[name];
              return (
                <Text size="sm" key={name}>
                  {name || t('class_other')}:{' '}
                  {share === undefined
                    ? format.bytes(bytes)
                    : t('class_share', { bytes: format.bytes(bytes), pct: format.number(share) })}
                </Text>
              );
            })}
          </div>
        )}
      </SimpleGrid>
    </section>
  );
}

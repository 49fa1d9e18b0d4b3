import { Drawer, Group, Select } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, useFormat, useSearch, type Column } from '@/kit';
import { Frame } from './Frame';
import { StateMark } from './Marks';
import { MessagePanel } from './MessagePanel';
import classes from './messages.module.css';
import { STATES, type MessageCounts, type MessageRow } from './types';

const READ_EVERY_MS = 15_000;

/** Every message of the reader's area: to whom (only a hint), what became of it, why. */
export function Component() {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { search, set: put } = useSearch();
  const query = { state: search.get('state') ?? undefined, channel: search.get('channel') ?? undefined };
  const opened = search.get('message');
  const pages = usePages<MessageRow>('messages', '/messages', query);
  const counts = useQuery({
    queryKey: ['messages', 'counts'],
    queryFn: () => api.get<MessageCounts>('/messages/counts'),
    refetchInterval: READ_EVERY_MS,
  });
  const columns = useMemo<Column<MessageRow>[]>(
    () => [
      { id: 'at', header: t('log.at'), width: '180px', render: (row) => format.when(row.created_ms) },
      { id: 'channel', header: t('log.channel'), width: '80px', render: (row) => t(`channel.${row.channel}`) },
      { id: 'kind', header: t('log.kind'), width: 'minmax(150px, 1fr)', render: (row) => t(`kind.${row.template}`) },
      { id: 'to', header: t('log.to'), width: 'minmax(140px, 1fr)', render: (row) => row.to_hint || '–' },
      { id: 'state', header: t('log.state'), width: '150px', render: (row) => <StateMark message={row} /> },
      {
        id: 'why',
        header: t('log.why'),
        width: 'minmax(220px, 2fr)',
        render: (row) => (row.reason ? t(`reason.${row.reason}`) : ''),
      },
      {
        id: 'attempts',
        header: t('log.attempts'),
        width: '90px',
        align: 'end',
        render: (row) => format.number(row.attempts),
      },
    ],
    [format, t],
  );
  return (
    <Frame
      note={
        counts.data &&
        t('log.counts', {
          queued: format.number(counts.data.queued),
          sent: format.number(counts.data.sent_24h),
          failed: format.number(counts.data.failed_24h),
        })
      }
    >
      <div className={classes.layout}>
        <Group gap={8} p={8} px={12}>
          <Select
            size="xs"
            w={170}
            clearable
            aria-label={t('log.state')}
            placeholder={t('log.state')}
            value={query.state ?? null}
            data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={(value) => put('state', value)}
          />
          <Select
            size="xs"
            w={130}
            clearable
            aria-label={t('log.channel')}
            placeholder={t('log.channel')}
            value={query.channel ?? null}
            data={(['sms', 'mail'] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
            onChange={(value) => put('channel', value)}
          />
        </Group>
        <div className={classes.table}>
          {pages.error ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={12} height={22} />
          ) : (
            <DataTable
              label={t('log.title')}
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              onOpen={(row) => put('message', row.id)}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconMessageOff} title={t('log.none')} hint={t('log.none_hint')} />}
            />
          )}
        </div>
      </div>
      <Drawer
        opened={opened !== null}
        onClose={() => put('message', null)}
        position="right"
        size="md"
        title={t('log.one')}
      >
        {opened && <MessagePanel key={opened} messageId={opened} />}
      </Drawer>
    </Frame>
  );
}

import { Group, Modal, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { AuditEntry } from '@/api/types';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import { DateField } from '@/media';
import classes from './AuditPage.module.css';
import { ChainState } from './ChainState';

/** Every act: who, when, what, why; newest first. */
export function Component() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const from = search.get('from') ?? '';
  const query = {
    subject: search.get('subject') ?? undefined,
    actor: search.get('actor') ?? undefined,
    action: search.get('action') ?? undefined,
    from_ms: from ? Date.parse(`${from}T00:00:00+05:30`) : undefined,
  };
  const pages = usePages<AuditEntry>('audit', '/audit', query);
  const narrow = (name: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const columns = useMemo<Column<AuditEntry>[]>(
    () => [
      { id: 'at', header: t('at'), width: '190px', render: (entry) => format.dateTime(entry.at_ms) },
      {
        id: 'actor',
        header: t('actor'),
        width: 'minmax(140px, 1fr)',
        render: (entry) => entry.actor.name || t('centre'),
      },
      { id: 'action', header: t('action'), width: 'minmax(150px, 1fr)', render: (entry) => entry.action },
      {
        id: 'object',
        header: t('object'),
        width: 'minmax(180px, 1.6fr)',
        render: (entry) => entry.object_name || entry.object_id,
      },
      { id: 'reason', header: t('reason'), width: 'minmax(180px, 1.6fr)', render: (entry) => entry.reason },
      { id: 'ip', header: t('ip'), width: '130px', render: (entry) => entry.ip ?? '' },
    ],
    [format, t],
  );
  return (
    <Page title={t('title')} note={t('hint')} actions={<ChainState />}>
      <div className={classes.layout}>
        <Group gap={8} p={8} px={12}>
          <TextInput
            size="xs"
            w={180}
            aria-label={t('action')}
            placeholder={t('action_hint')}
            defaultValue={query.action ?? ''}
            onBlur={(event) => narrow('action', event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && narrow('action', event.currentTarget.value)}
          />
          <DateField
            size="xs"
            aria-label={t('from')}
            title={t('from')}
            value={from}
            onChange={(day) => narrow('from', day)}
          />
        </Group>
        <div className={classes.table}>
          {pages.error ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={12} height={22} />
          ) : (
            <DataTable
              label={t('title')}
              columns={columns}
              rows={pages.rows}
              rowId={(entry) => entry.id}
              onOpen={setOpened}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconHistory} title={t('none')} hint={t('none_hint')} />}
            />
          )}
        </div>
      </div>
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={opened?.action} size="lg">
        {opened && (
          <dl className={classes.entry}>
            <dt>{t('sequence')}</dt>
            <dd>{format.number(opened.sequence)}</dd>
            <dt>{t('at')}</dt>
            <dd>{format.dateTime(opened.at_ms)}</dd>
            <dt>{t('actor')}</dt>
            <dd>{opened.actor.name || t('centre')}</dd>
            <dt>{t('object')}</dt>
            <dd>
              {opened.object_name} ({opened.object_type} {opened.object_id})
            </dd>
            <dt>{t('reason')}</dt>
            <dd>{opened.reason || '–'}</dd>
            <dt>{t('details')}</dt>
            <dd>
              <pre>{JSON.stringify(opened.details, null, 2)}</pre>
            </dd>
          </dl>
        )}
      </Modal>
    </Page>
  );
}

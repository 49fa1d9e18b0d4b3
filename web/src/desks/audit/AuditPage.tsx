import { Group } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '@/api/types';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import { useActs } from './acts/useActs';
import classes from './AuditPage.module.css';
import { ChainState } from './ChainState';
import { Entry } from './Entry';
import { ExportButton } from './ExportButton';
import { FilterBar } from './FilterBar';
import { useAuditFilters } from './filters';

/** Above this the API tells "more than". */
const COUNTED = 10_000;

/** Every act: who, when, what, why; newest first. */
export function Component() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const acts = useActs();
  const { search, query, set, clear, isNarrowed } = useAuditFilters();
  const opened = search.get('entry');
  const pages = usePages<AuditEntry>('audit', '/audit', { ...query });
  const columns = useMemo<Column<AuditEntry>[]>(
    () => [
      { id: 'at', header: t('at'), width: '190px', render: (entry) => format.dateTime(entry.at_ms) },
      {
        id: 'actor',
        header: t('actor'),
        width: 'minmax(140px, 1fr)',
        render: (entry) => entry.actor.name || t('centre'),
      },
      {
        id: 'action',
        header: t('action'),
        width: 'minmax(210px, 1.4fr)',
        render: (entry) => <span title={entry.action}>{acts.act(entry.action)}</span>,
      },
      {
        id: 'object',
        header: t('object'),
        width: 'minmax(220px, 1.8fr)',
        render: (entry) => (
          <>
            <span className={classes.type}>{acts.type(entry.object_type)}</span> {entry.object_name || entry.object_id}
          </>
        ),
      },
      { id: 'reason', header: t('reason'), width: 'minmax(160px, 1.4fr)', render: (entry) => entry.reason },
      { id: 'ip', header: t('ip'), width: '130px', render: (entry) => entry.ip ?? '' },
    ],
    [acts, format, t],
  );
  const total = pages.total > COUNTED ? 'count_more' : 'count';
  return (
    <Page
      title={t('title')}
      note={t('hint')}
      actions={
        <Group gap={12}>
          <ChainState />
          <ExportButton query={query} />
        </Group>
      }
    >
      <div className={classes.layout}>
        <FilterBar search={search} set={set} clear={clear} isNarrowed={isNarrowed} />
        {pages.as_of_ms !== undefined && !pages.error && (
          <p className={classes.count} role="status">
            {t(total, { count: pages.total, number: format.number(Math.min(pages.total, COUNTED)) })}
          </p>
        )}
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
              onOpen={(entry) => set('entry', entry.id)}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconHistory} title={t('none')} hint={t('none_hint')} />}
            />
          )}
        </div>
      </div>
      {opened && <Entry key={opened} id={opened} onClose={() => set('entry', null)} />}
    </Page>
  );
}

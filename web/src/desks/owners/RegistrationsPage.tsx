import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, ReasonDialog, useFormat, type Column } from '@/kit';
import type { Registration } from './types';

const REVIEWS = ['waiting', 'accepted', 'rejected'] as const;

/** What owners entered themselves: an officer looks whether it is so. */
export function Component() {
  const { t } = useTranslation('owners');
  const format = useFormat();
  const client = useQueryClient();
  const [review, setReview] = useState<string>('waiting');
  const [deciding, setDeciding] = useState<{ row: Registration; accept: boolean } | null>(null);
  const pages = usePages<Registration>('owner-registrations', '/owner-registrations', { review });
  const columns = useMemo<Column<Registration>[]>(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(180px, 1.5fr)',
        render: (row) => <Link to={`/premises/${row.premises}`}>{format.name(row.name)}</Link>,
      },
      { id: 'class', header: t('class'), width: '140px', render: (row) => format.name(row.owner_class.name) },
      {
        id: 'address',
        header: t('address'),
        width: 'minmax(180px, 2fr)',
        render: (row) => format.name(row.address),
      },
      { id: 'cameras', header: t('cameras'), width: '90px', align: 'end', render: (row) => format.number(row.cameras) },
      { id: 'entered', header: t('entered'), width: '180px', render: (row) => format.when(row.created_ms) },
      {
        id: 'state',
        header: t('state'),
        width: '230px',
        render: (row) =>
          row.review === 'waiting' ? (
            <Group gap={6} wrap="nowrap">
              {([true, false] as const).map((accept) => (
                <Button
                  key={String(accept)}
                  size="compact-xs"
                  variant="default"
                  onClick={() => setDeciding({ row, accept })}
                >
                  {t(accept ? 'accept' : 'reject')}
                </Button>
              ))}
            </Group>
          ) : (
            t(`review.${row.review}`)
          ),
      },
    ],
    [format, t],
  );
  return (
    <Page
      title={t('title')}
      note={t('note')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('state')}
          value={review}
          data={REVIEWS.map((value) => ({ value, label: t(`review.${value}`) }))}
          onChange={setReview}
        />
      }
    >
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingRows rows={10} height={22} />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onMore={pages.more}
          hasMore={pages.hasMore}
          empty={<EmptyState icon={IconUserCheck} title={t('none')} hint={t('none_hint')} />}
        />
      )}
      {deciding && (
        <ReasonDialog
          opened
          danger={!deciding.accept}
          title={format.name(deciding.row.name)}
          consequence={t(deciding.accept ? 'accept_text' : 'reject_text')}
          confirm={t(deciding.accept ? 'accept' : 'reject')}
          onClose={() => setDeciding(null)}
          onConfirm={async (reason) => {
            await api.post(`/owner-registrations/${deciding.row.id}/review`, { accept: deciding.accept, reason });
            await client.invalidateQueries({ queryKey: ['owner-registrations'] });
          }}
        />
      )}
    </Page>
  );
}

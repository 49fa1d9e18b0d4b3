import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useFormat, type Column } from '@/kit';
import layout from '@/desks/registry/cameras/CamerasPage.module.css';
import { templatesQuery } from '../queries';
import type { AddressTemplate } from '../types';
import { TemplateForm } from './TemplateForm';

/** How makers lay out the addresses of their streams: rows, edited here, never constants in code. */
export function Component() {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const mayEdit = useCan('registry.edit');
  const [editing, setEditing] = useState<AddressTemplate | 'new' | null>(null);
  const { data, error, refetch } = useQuery(templatesQuery);
  const columns = useMemo<Column<AddressTemplate>[]>(
    () => [
      {
        id: 'name',
        header: t('templates.name'),
        width: 'minmax(160px, 1fr)',
        render: (row) => format.name(row.name),
      },
      {
        id: 'main',
        header: t('templates.main'),
        width: 'minmax(280px, 2fr)',
        render: (row) => <span lang="en">{row.main}</span>,
      },
      {
        id: 'sub',
        header: t('templates.sub'),
        width: 'minmax(280px, 2fr)',
        render: (row) => <span lang="en">{row.sub || '–'}</span>,
      },
      { id: 'port', header: t('templates.port'), width: '90px', render: (row) => String(row.port) },
      {
        id: 'active',
        header: t('templates.active'),
        width: '110px',
        render: (row) => t(row.active ? 'templates.yes' : 'templates.no'),
      },
    ],
    [format, t],
  );
  return (
    <Page
      title={t('templates.title')}
      note={t('templates.note')}
      actions={
        mayEdit && (
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
            {t('templates.add')}
          </Button>
        )
      }
    >
      <div className={layout.layout}>
        <div className={layout.table}>
          {error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <LoadingRows />
          ) : (
            <DataTable
              label={t('templates.title')}
              columns={columns}
              rows={data}
              rowId={(row) => row.code}
              {...(mayEdit ? { onOpen: setEditing } : {})}
              empty={<EmptyState title={t('templates.none')} />}
            />
          )}
        </div>
      </div>
      {editing && <TemplateForm row={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

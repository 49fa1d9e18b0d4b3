import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ReasonDialog } from '@/kit';
import type { AuditQuery } from './filters';

/** What is listed, with the same filters, as a file; the audit keeps who took it and why. */
export function ExportButton({ query }: { query: AuditQuery }) {
  const { t } = useTranslation('audit');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={() => setAsking(true)}>
        {t('export')}
      </Button>
      <ReasonDialog
        opened={asking}
        title={t('export_title')}
        consequence={t('export_consequence')}
        confirm={t('export')}
        onClose={() => setAsking(false)}
        onConfirm={async (reason) => save(await api.download('/audit/export', { ...query, reason }))}
      />
    </>
  );
}

function save({ name, content }: { name: string; content: Blob }) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then; without this it would stay in memory as long as the page.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

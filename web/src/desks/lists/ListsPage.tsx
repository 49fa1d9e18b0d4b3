import { Button, Group, Progress, Text, TextInput } from '@mantine/core';
import { IconArrowsJoin, IconFileImport, IconUpload } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { sentenceOf } from '@/api/client';
import { usePages } from '@/api/usePages';
import { DataTable, EmptyState, ErrorState, LoadingRows, Page, useDraft, useFormat, type Column } from '@/kit';
import { upload } from './api';
import classes from './Lists.module.css';
import { StateWord } from './StateWord';
import type { ListSummary } from './types';

const ACCEPT = '.xlsx,.xls,.ods,.csv,.txt,.tsv';

/** Lists that were sent, and the place to send another. */
export function Component() {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const navigate = useNavigate();
  const pages = usePages<ListSummary>('lists', '/lists', {});
  const columns = useMemo<Column<ListSummary>[]>(
    () => [
      { id: 'file', header: t('file'), width: 'minmax(180px, 2fr)', render: (one) => one.file_name },
      { id: 'sender', header: t('sender'), width: 'minmax(110px, 1fr)', render: (one) => one.sender || '–' },
      {
        id: 'state',
        header: t('state'),
        width: 'minmax(150px, 1fr)',
        render: (one) => <StateWord state={one.state} />,
      },
      ...(['premises', 'same', 'decide', 'bad'] as const).map((name) => ({
        id: name,
        header: t(`count.${name}`),
        width: '110px',
        align: 'end' as const,
        render: (one: ListSummary) => (one.counts ? format.number(one.counts[name]) : '–'),
      })),
      { id: 'by', header: t('by'), width: 'minmax(120px, 1fr)', render: (one) => one.imported_by.name || t('command') },
      { id: 'at', header: t('at'), width: '170px', render: (one) => format.dateTime(one.created_ms) },
    ],
    [format, t],
  );
  return (
    <Page
      title={t('title')}
      note={t('hint')}
      actions={
        <Button
          component={Link}
          to="/lists/duplicates"
          size="xs"
          variant="default"
          leftSection={<IconArrowsJoin size={14} />}
        >
          {t('duplicates.title')}
        </Button>
      }
    >
      <div className={classes.page}>
        <Send />
        <div className={classes.table}>
          {pages.error ? (
            <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
          ) : pages.isPending ? (
            <LoadingRows rows={8} height={22} />
          ) : (
            <DataTable
              label={t('title')}
              columns={columns}
              rows={pages.rows}
              rowId={(one) => one.id}
              onOpen={(one) => void navigate(`/lists/${one.id}`)}
              onMore={pages.more}
              hasMore={pages.hasMore}
              empty={<EmptyState icon={IconFileImport} title={t('none')} hint={t('none_hint')} />}
            />
          )}
        </div>
      </div>
    </Page>
  );
}

/** Drop a file, or choose one; works with a thumb as well. */
function Send() {
  const { t } = useTranslation('lists');
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const { values, change } = useDraft('lists.send', { sender: '' });
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [failure, setFailure] = useState('');
  const send = async (file: File | undefined) => {
    if (!file || share !== null) return;
    setFailure('');
    setShare(0);
    try {
      const list = await upload(file, values.sender, setShare);
      void navigate(`/lists/${list.id}`);
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setShare(null);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void send(event.dataTransfer.files[0]);
      }}
    >
      <Group gap="sm" align="flex-end" wrap="wrap">
        <TextInput
          size="xs"
          w={240}
          label={t('sender')}
          placeholder={t('sender_hint')}
          value={values.sender}
          maxLength={120}
          onChange={(event) => change({ sender: event.currentTarget.value })}
        />
        <Button
          size="xs"
          leftSection={<IconUpload size={14} />}
          loading={share === 1}
          onClick={() => input.current?.click()}
        >
          {t('choose')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('drop')}
        </Text>
        <input
          ref={input}
          type="file"
          accept={ACCEPT}
          hidden
          aria-label={t('choose')}
          onChange={(event) => void send(event.currentTarget.files?.[0])}
        />
      </Group>
      {share !== null && <Progress value={share * 100} size="sm" animated={share === 1} aria-label={t('sending')} />}
      {share === 1 && <Text size="xs">{t('reading')}</Text>}
      {failure && (
        <Text size="sm" c="var(--alarm)" role="alert">
          {failure}
        </Text>
      )}
    </div>
  );
}

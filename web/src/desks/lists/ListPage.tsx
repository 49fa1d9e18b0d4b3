import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconDownload, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { ErrorState, LoadingRows, Page, ReasonDialog, useFormat, useNow } from '@/kit';
import { isWorking, listQuery } from './api';
import classes from './Lists.module.css';
import { Rows } from './Rows';
import { SheetPlan } from './SheetPlan';
import { StateWord } from './StateWord';
import type { ListDetail } from './types';
import { UnknownWords } from './UnknownWords';

/** One list: how its columns are understood, what becomes of its rows, taking it over, and what came of it. */
export function Component() {
  const { t } = useTranslation('lists');
  const { id = '' } = useParams();
  const format = useFormat();
  const list = useQuery(listQuery(id));
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <LoadingRows rows={10} />;
  return (
    <Page title={list.data.file_name} note={<Note list={list.data} />} actions={<Acts list={list.data} />} padded>
      <Stack gap="lg" className={classes.narrow}>
        <Working list={list.data} />
        {list.data.failure && <Alert color="red">{format.name(list.data.failure)}</Alert>}
        {list.data.earlier && list.data.state === 'ready' && <Alert color="gray">{t('sent_before')}</Alert>}
        <Counts list={list.data} />
        {(list.data.state === 'ready' || list.data.state === 'failed') && (
          <>
            {list.data.sheets.map((sheet) => (
              <SheetPlan key={`${sheet.position}-${list.data.edited_ms}`} list={list.data} sheet={sheet} />
            ))}
            <UnknownWords list={list.data} />
          </>
        )}
        {list.data.counts && !isWorking(list.data.state) && <Rows list={list.data} />}
      </Stack>
    </Page>
  );
}

function Note({ list }: { list: ListDetail }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  return (
    <Group gap={8}>
      <StateWord state={list.state} />
      <span>
        {[list.sender, list.kind.toUpperCase(), format.bytes(list.size_bytes), format.dateTime(list.created_ms)]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span title={list.sha256}>{t('fingerprint', { hash: list.sha256.slice(0, 12) })}</span>
    </Group>
  );
}

function Working({ list }: { list: ListDetail }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  if (!isWorking(list.state)) return null;
  const share = list.progress_total ? (100 * list.progress_done) / list.progress_total : 0;
  return (
    <div role="status">
      <Text size="sm" mb={4}>
        {t(list.state === 'read' ? 'understanding' : 'taking_over', {
          done: format.number(list.progress_done),
          total: format.number(list.progress_total),
        })}
      </Text>
      <Progress value={share} animated size="sm" aria-label={t('progress')} />
    </div>
  );
}

function Counts({ list }: { list: ListDetail }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const { counts } = list;
  if (!counts) return null;
  const done = list.state === 'committed' || list.state === 'undone';
  const cells: [string, number][] = [
    [t(done ? 'count.premises_made' : 'count.premises'), counts.premises],
    [t('count.cameras'), counts.cameras],
    [t('count.same'), counts.same],
    [t('count.decide'), counts.decide],
    [t('count.bad'), counts.bad],
    [t('count.rows'), counts.rows],
  ];
  if (list.state === 'undone')
    cells.push([t('count.removed'), counts.removed ?? 0], [t('count.kept'), counts.kept ?? 0]);
  return (
    <dl className={classes.counts}>
      {cells.map(([label, value]) => (
        <div key={label}>
          <dd>{format.number(value)}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

function Acts({ list }: { list: ListDetail }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'undo' | 'discard' | null>(null);
  const now = useNow(60_000);
  const commit = useMutation({
    mutationFn: () => api.post<ListDetail>(`/lists/${list.id}/commit`, { edited_ms: list.edited_ms }),
    onSuccess: (answer) => client.setQueryData(['list', list.id], answer),
    onError: () => void client.invalidateQueries({ queryKey: ['list', list.id] }),
  });
  const act = async (reason: string) => {
    if (asking === 'undo') {
      const answer = await api.post<ListDetail>(`/lists/${list.id}/undo`, { reason });
      client.setQueryData(['list', list.id], answer);
    } else {
      await api.post(`/lists/${list.id}/discard`, { reason });
      await navigate('/lists');
    }
    void client.invalidateQueries({ queryKey: ['lists'] });
  };
  const open = ['read', 'ready', 'failed'].includes(list.state);
  const canUndo = list.state === 'committed' && (list.undo_until_ms ?? 0) > now;
  return (
    <Group gap={8} wrap="wrap">
      {commit.error && (
        <Text size="xs" c="var(--alarm)" role="alert">
          {sentenceOf(commit.error)}
        </Text>
      )}
      {(list.counts?.bad ?? 0) > 0 && (
        <Button
          component="a"
          href={`/api/v1/lists/${list.id}/bad-rows`}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          {t('bad_rows')}
        </Button>
      )}
      {list.open_duplicates > 0 && (
        <Button component={Link} to={`/lists/duplicates?list=${list.id}`} size="xs" variant="default">
          {t('decide', { count: list.open_duplicates, number: format.number(list.open_duplicates) })}
        </Button>
      )}
      {open && (
        <Button size="xs" variant="default" leftSection={<IconTrash size={14} />} onClick={() => setAsking('discard')}>
          {t('discard')}
        </Button>
      )}
      {canUndo && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
          title={t('undo_until', { when: format.dateTime(list.undo_until_ms ?? 0) })}
          onClick={() => setAsking('undo')}
        >
          {t('undo')}
        </Button>
      )}
      {list.state === 'ready' && (
        <Button
          size="xs"
          leftSection={<IconCheck size={14} />}
          loading={commit.isPending}
          onClick={() => commit.mutate()}
        >
          {t('take_over', { number: format.number(list.counts?.premises ?? 0) })}
        </Button>
      )}
      <ReasonDialog
        opened={asking !== null}
        title={t(asking === 'undo' ? 'undo' : 'discard')}
        consequence={t(asking === 'undo' ? 'undo_consequence' : 'discard_consequence')}
        confirm={t(asking === 'undo' ? 'undo' : 'discard')}
        danger
        onClose={() => setAsking(null)}
        onConfirm={act}
      />
    </Group>
  );
}

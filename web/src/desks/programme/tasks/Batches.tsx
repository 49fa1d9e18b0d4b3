import { Button, Drawer, Stack } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { usePages } from '@/api/usePages';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import classes from '../programme.module.css';
import type { Batch } from '../types';
import { useSend } from '../useSend';

/** Tasks that were made at one stroke, to be looked at or taken back. */
export function Batches({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('programme');
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="md" title={t('bulk.made')}>
      {opened && <List onClose={onClose} />}
    </Drawer>
  );
}

function List({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const { busy, failure, send } = useSend();
  const pages = usePages<Batch>('task-batches', '/task-batches', {});
  if (pages.error) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (pages.isPending) return <LoadingRows />;
  if (pages.rows.length === 0)
    return <EmptyState icon={IconListCheck} title={t('bulk.none')} hint={t('bulk.none_hint')} />;
  const undo = (id: string) =>
    send(async () => {
      await api.post(`/task-batches/${id}/undo`);
      await client.invalidateQueries({ queryKey: ['task-batches'] });
      await client.invalidateQueries({ queryKey: ['tasks'] });
      await client.invalidateQueries({ queryKey: ['programme'] });
    });
  return (
    <Stack gap="sm">
      <Failure>{failure}</Failure>
      <ul className={classes.trail}>
        {pages.rows.map((one) => (
          <li key={one.id}>
            <div>
              <Link to={`/programme/tasks?batch=${one.id}`} onClick={onClose}>
                {format.name(one.title)}
              </Link>
            </div>
            <small>
              {t('bulk.of', {
                done: format.number(one.done),
                standing: format.number(one.standing),
                count: format.number(one.count),
              })}
              {' · '}
              {format.dateTime(one.made_ms)} · {one.made_by}
            </small>
            <div>
              {one.undone_ms !== null ? (
                <small>{t('bulk.was_undone', { at: format.dateTime(one.undone_ms) })}</small>
              ) : (
                <Button size="compact-xs" variant="default" loading={busy} onClick={() => void undo(one.id)}>
                  {t('bulk.undo')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

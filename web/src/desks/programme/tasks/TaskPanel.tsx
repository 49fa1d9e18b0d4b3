import { Anchor, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import { Mark } from '../parts/Mark';
import { dayMs, TASK_TONE } from '../parts/words';
import classes from '../programme.module.css';
import type { TaskDetail } from '../types';
import { useSend } from '../useSend';
import { TaskEdit } from './TaskEdit';
import { whoseOf } from './whose';

/** One task: what, for whom, its list, what was said, and how far it is. */
export function TaskPanel({ taskId }: { taskId: string }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const { busy, failure, send } = useSend();
  const [asking, setAsking] = useState<'cancelled' | 'open' | null>(null);
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const key = ['task', taskId];
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => api.get<TaskDetail>(`/tasks/${taskId}`) });
  const took = async (answer: TaskDetail) => {
    client.setQueryData(key, answer);
    await Promise.all([
      client.invalidateQueries({ queryKey: ['tasks'] }),
      client.invalidateQueries({ queryKey: ['programme'] }),
      client.invalidateQueries({ queryKey: ['government-order'] }),
    ]);
  };
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const standing = data.state === 'open' || data.state === 'in_progress';
  const move = (state: string) =>
    send(async () => took(await api.post(`/tasks/${taskId}/state`, { state, edited_ms: data.edited_ms })));
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{format.name(data.title)}</Text>
        <Mark tone={data.late ? 'bad' : TASK_TONE[data.state]}>
          {data.late ? t('task.late') : t(`task.state.${data.state}`)}
        </Mark>
      </div>
      {data.details && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {data.details}
        </Text>
      )}
      <dl className={classes.facts}>
        <dt>{t('task.kind_word')}</dt>
        <dd>
          {t(`task.kind.${data.kind}`)} · {t('task.priority_of', { priority: t(`task.priority.${data.priority}`) })}
        </dd>
        <dt>{t('task.who')}</dt>
        <dd>{whoseOf(data, format, t('task.station'))}</dd>
        <dt>{t('ladder.place')}</dt>
        <dd>{format.name(data.jurisdiction.name)}</dd>
        {data.due_day && (
          <>
            <dt>{t('task.due')}</dt>
            <dd className={data.late ? classes.late : undefined}>{format.date(dayMs(data.due_day))}</dd>
          </>
        )}
        {data.premises && (
          <>
            <dt>{t('task.about')}</dt>
            <dd>
              <Anchor component={Link} to={`/programme/premises?open=${data.premises.id}`} size="sm">
                {format.name(data.premises.name)}
              </Anchor>
            </dd>
          </>
        )}
        {data.camera && (
          <>
            <dt>{t('task.about')}</dt>
            <dd>
              <Anchor component={Link} to={`/cameras/${data.camera.id}`} size="sm">
                {format.name(data.camera.name)}
              </Anchor>
            </dd>
          </>
        )}
        {data.clause && (
          <>
            <dt>{t('task.clause_word')}</dt>
            <dd>
              <Anchor component={Link} to={`/programme/orders/${data.clause.order_id}`} size="sm">
                {t('order.point_of', { point: data.clause.number, order: data.clause.order })}
              </Anchor>
            </dd>
          </>
        )}
        <dt>{t('task.made')}</dt>
        <dd>
          {format.date(data.created_ms)} · {data.made_by || t(data.automatic ? 'task.by_rule' : 'task.by_centre')}
        </dd>
        {data.closed_ms !== null && (
          <>
            <dt>{t('task.closed')}</dt>
            <dd>
              {format.dateTime(data.closed_ms)} · {data.closed_by || t('task.settled')}
              {data.outcome && ` · ${data.outcome}`}
            </dd>
          </>
        )}
      </dl>
      {data.checklist.length > 0 && (
        <Stack gap={6}>
          <h3 className={classes.heading}>{t('task.checklist')}</h3>
          {data.checklist.map((item) => (
            <Checkbox
              key={item.id}
              size="sm"
              label={item.text}
              {...(item.done_by ? { description: item.done_by } : {})}
              checked={item.done_ms !== null}
              disabled={!data.may_work || !standing || busy}
              onChange={(event) => {
                const done = event.currentTarget.checked;
                void send(async () => took(await api.post(`/tasks/${taskId}/checklist/${item.id}`, { done })));
              }}
            />
          ))}
        </Stack>
      )}
      <Failure>{failure}</Failure>
      <Group gap={8}>
        {standing && data.may_work && (
          <>
            {data.state === 'open' && (
              <Button size="xs" variant="default" loading={busy} onClick={() => void move('in_progress')}>
                {t('task.do.in_progress')}
              </Button>
            )}
            <Button size="xs" loading={busy} onClick={() => void move('done')}>
              {t('task.do.done')}
            </Button>
          </>
        )}
        {data.may_assign && standing && (
          <>
            <Button size="xs" variant="default" onClick={() => setEditing(true)}>
              {t('task.do.edit')}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setAsking('cancelled')}>
              {t('task.do.cancelled')}
            </Button>
          </>
        )}
        {data.may_assign && !standing && (
          <Button size="xs" variant="default" onClick={() => setAsking('open')}>
            {t('task.do.open')}
          </Button>
        )}
      </Group>
      {editing && <TaskEdit task={data} onClose={() => setEditing(false)} onDone={took} />}
      <div>
        <h3 className={classes.heading}>{t('task.comments')}</h3>
        <ul className={classes.trail}>
          {data.comments.map((one) => (
            <li key={one.id}>
              <div style={{ whiteSpace: 'pre-wrap' }}>{one.text}</div>
              <small>
                {one.name} · {format.dateTime(one.at_ms)}
              </small>
            </li>
          ))}
        </ul>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send(async () => {
              await took(await api.post(`/tasks/${taskId}/comments`, { text: said.trim() }));
              setSaid('');
            });
          }}
        >
          <Stack gap={8} mt={8}>
            <Textarea
              aria-label={t('task.comment')}
              placeholder={t('task.comment')}
              autosize
              minRows={1}
              value={said}
              onChange={(event) => setSaid(event.currentTarget.value)}
            />
            {said.trim() && (
              <Group justify="flex-end">
                <Button size="xs" type="submit" loading={busy}>
                  {t('task.do.comment')}
                </Button>
              </Group>
            )}
          </Stack>
        </form>
      </div>
      <ReasonDialog
        opened={asking !== null}
        title={t(asking === 'open' ? 'task.do.open' : 'task.do.cancelled')}
        confirm={t(asking === 'open' ? 'task.do.open' : 'task.do.cancelled')}
        onClose={() => setAsking(null)}
        onConfirm={async (reason) =>
          took(await api.patch(`/tasks/${taskId}`, { state: asking, edited_ms: data.edited_ms, reason }))
        }
      />
    </Stack>
  );
}

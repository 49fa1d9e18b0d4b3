import { Anchor, Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowLeft, IconFileDownload, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '@/api/client';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { Frame } from '../Frame';
import { Failure } from '../parts/Failure';
import { Mark } from '../parts/Mark';
import { CLAUSE_TONE, dayMs } from '../parts/words';
import classes from '../programme.module.css';
import { overviewQuery } from '../queries';
import { TaskForm } from '../tasks/TaskForm';
import type { Clause, GovernmentOrderDetail } from '../types';
import { useSend } from '../useSend';
import { ClauseForm } from './ClauseForm';
import own from './Orders.module.css';

/** One order: each point with its state, read from tasks and figures, and remarks beside it. */
export function Component() {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { id = '' } = useParams();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['government-order', id],
    queryFn: () => api.get<GovernmentOrderDetail>(`/government-orders/${id}`),
    refetchInterval: 120_000,
  });
  const pdf = (language: string) => `/api/v1/government-orders/${id}/summary.pdf?language=${language}`;
  return (
    <Frame
      note={data && `${data.number} · ${t('as_of', { time: format.time(data.as_of_ms, false) })}`}
      actions={
        data && (
          <Group gap={8}>
            <Menu position="bottom-end" shadow="none">
              <Menu.Target>
                <Button size="xs" variant="default" leftSection={<IconFileDownload size={14} />}>
                  {t('order.summary')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={pdf('hi')} target="_blank" lang="hi">
                  हिन्दी (PDF)
                </Menu.Item>
                <Menu.Item component="a" href={pdf('en')} target="_blank" lang="en">
                  English (PDF)
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            {data.may_manage && (
              <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
                {t('order.add_point')}
              </Button>
            )}
          </Group>
        )
      }
    >
      <div className={classes.scroll}>
        <Anchor component={Link} to="/programme/orders" size="sm">
          <Group gap={4} component="span" wrap="nowrap">
            <IconArrowLeft size={14} aria-hidden />
            {t('order.all')}
          </Group>
        </Anchor>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={9} height={48} />
        ) : (
          <>
            <Text fw={600} mt={8}>
              {format.name(data.subject)}
            </Text>
            <div className={own.head}>
              <span>{t('order.of', { number: data.number, day: format.date(dayMs(data.dated_on)) })}</span>
              <span>{format.name(data.sender)}</span>
              {data.deadline && <span>{t('order.until', { day: format.date(dayMs(data.deadline)) })}</span>}
              {data.document_id && (
                <Anchor href={`/api/v1/files/${data.document_id}`} target="_blank" size="sm">
                  {t('order.document')}
                </Anchor>
              )}
              <span className={own.states}>
                {(['done', 'under_way', 'not_begun', 'late'] as const).map((state) => (
                  <Mark key={state} tone={CLAUSE_TONE[state]}>
                    {`${format.number(data.states[state])} ${t(`order.state.${state}`)}`}
                  </Mark>
                ))}
              </span>
            </div>
            {data.points.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('order.no_points')}
              </Text>
            ) : (
              <ol className={own.points}>
                {data.points.map((point) => (
                  <Point key={point.id} point={point} order={data} />
                ))}
              </ol>
            )}
          </>
        )}
      </div>
      {adding && data && <ClauseForm orderId={data.id} onClose={() => setAdding(false)} />}
    </Frame>
  );
}

function Point({ point, order }: { point: Clause; order: GovernmentOrderDetail }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const navigate = useNavigate();
  const [doing, setDoing] = useState<'edit' | 'task' | 'remark' | null>(null);
  const holdsOffice = (useQuery(overviewQuery).data?.offices.length ?? 0) > 0;
  const figure = point.figure;
  return (
    <li className={own.point}>
      <span className={own.number}>{point.number}</span>
      <div>
        <p className={own.said} lang={format.language}>
          {format.language === 'hi' ? point.text_hi : point.summary_en}
        </p>
        {point.remarks.map((remark) => (
          <p key={remark.id} className={own.remark}>
            {remark.text} · {remark.name}, {format.date(remark.at_ms)}
          </p>
        ))}
        {(order.may_manage || holdsOffice) && (
          <Group gap={4} mt={6}>
            <Button size="compact-xs" variant="subtle" onClick={() => setDoing('remark')}>
              {t('order.remark')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => setDoing('task')}>
              {t('task.add')}
            </Button>
            {order.may_manage && (
              <Button size="compact-xs" variant="subtle" onClick={() => setDoing('edit')}>
                {t('order.edit_point')}
              </Button>
            )}
          </Group>
        )}
        {doing === 'remark' && <RemarkForm clauseId={point.id} orderId={order.id} onClose={() => setDoing(null)} />}
      </div>
      <div className={own.facts}>
        <span>{point.office ? format.name(point.office.name) : t('order.no_office')}</span>
        {point.officers.map((one) => (
          <span key={one.id} className={classes.quiet}>
            {one.person.name}
          </span>
        ))}
        {point.due_day && (
          <span className={point.state === 'late' ? classes.late : classes.quiet}>
            {t('task.by', { day: format.date(dayMs(point.due_day)) })}
          </span>
        )}
      </div>
      <div className={own.facts}>
        <Mark tone={CLAUSE_TONE[point.state]}>{t(`order.state.${point.state}`)}</Mark>
        {figure && (
          <>
            <span>
              {format.name(figure.name)}: <strong>{format.number(figure.value)}</strong>
              {figure.against !== null && ` / ${format.number(figure.against)}`}
            </span>
            {figure.against !== null && figure.against > 0 && (
              <span className={own.bar} aria-hidden>
                <span style={{ width: `${Math.min(100, (figure.value / figure.against) * 100)}%` }} />
              </span>
            )}
          </>
        )}
        <Anchor component={Link} to={`/programme/tasks?clause=${point.id}`} size="sm">
          {point.tasks === 0
            ? t('order.no_tasks')
            : t('order.tasks', {
                done: format.number(point.tasks_done),
                count: point.tasks,
                number: format.number(point.tasks),
              })}
        </Anchor>
        {point.tasks_late > 0 && (
          <span className={classes.late}>
            {t('overview.late_count', { count: point.tasks_late, number: format.number(point.tasks_late) })}
          </span>
        )}
      </div>
      {doing === 'edit' && <ClauseForm orderId={order.id} clause={point} onClose={() => setDoing(null)} />}
      {doing === 'task' && (
        <TaskForm
          clauseId={point.id}
          onClose={() => setDoing(null)}
          onMade={(task) => void navigate(`/programme/tasks?clause=${point.id}&open=${task}`)}
        />
      )}
    </li>
  );
}

function RemarkForm({ clauseId, orderId, onClose }: { clauseId: string; orderId: string; onClose: () => void }) {
  const { t } = useTranslation('programme');
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const [said, setSaid] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(async () => {
          await api.post(`/clauses/${clauseId}/remarks`, { text: said.trim() });
          await client.invalidateQueries({ queryKey: ['government-order', orderId] });
          onClose();
        });
      }}
    >
      <Stack gap={8} mt={8}>
        <Textarea
          data-autofocus
          aria-label={t('order.remark')}
          placeholder={t('order.remark_hint')}
          autosize
          minRows={2}
          value={said}
          error={errors.text}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <Failure>{failure}</Failure>
        <Group justify="flex-end" gap={8}>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={said.trim().length < 3}>
            {t('order.remark')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

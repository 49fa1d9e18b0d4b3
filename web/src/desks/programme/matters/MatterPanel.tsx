import { Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import { Mark } from '../parts/Mark';
import { MATTER_TONE } from '../parts/words';
import classes from '../programme.module.css';
import type { MatterDetail } from '../types';
import { useSend } from '../useSend';

/** One matter: who was told and when; an answer stops it from going higher. */
export function MatterPanel({ id }: { id: string }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const [remark, setRemark] = useState('');
  const key = ['escalation', id];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => api.get<MatterDetail>(`/escalations/${id}`),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const submit = () =>
    send(async () => {
      client.setQueryData(key, await api.post(`/escalations/${id}/acknowledge`, { remark: remark.trim() }));
      await client.invalidateQueries({ queryKey: ['escalations'] });
      await client.invalidateQueries({ queryKey: ['programme'] });
    });
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{format.name(data.text)}</Text>
        <Mark tone={MATTER_TONE[data.state]}>{t(`matter.state.${data.state}`)}</Mark>
      </div>
      <dl className={classes.facts}>
        <dt>{t('matter.kind_word')}</dt>
        <dd>{t(`matter.kind.${data.kind}`, t('matter.kind.other'))}</dd>
        <dt>{t('ladder.place')}</dt>
        <dd>{format.name(data.jurisdiction.name)}</dd>
        {data.about_type === 'task' && (
          <>
            <dt>{t('task.about')}</dt>
            <dd>
              <Anchor component={Link} size="sm" to={`/programme/tasks?open=${data.about_id}`}>
                {t('task.one')}
              </Anchor>
            </dd>
          </>
        )}
        {data.state === 'open' && data.climbs_ms !== null && (
          <>
            <dt>{t('matter.climbs')}</dt>
            <dd>{format.dateTime(data.climbs_ms)}</dd>
          </>
        )}
        {data.closed_ms !== null && (
          <>
            <dt>{t('matter.closed')}</dt>
            <dd>
              {format.dateTime(data.closed_ms)} · {data.closed_by || t('matter.by_facts')}
            </dd>
          </>
        )}
        {data.remark && (
          <>
            <dt>{t('matter.remark')}</dt>
            <dd>{data.remark}</dd>
          </>
        )}
      </dl>
      <div>
        <h3 className={classes.heading}>{t('matter.told')}</h3>
        {data.steps.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('matter.nobody_hint')}
          </Text>
        ) : (
          <ol className={classes.trail}>
            {data.steps.map((step) => (
              <li key={step.level}>
                <div>
                  {step.person.name}, {format.name(step.designation)}
                </div>
                <small>
                  {t('matter.level_of', { number: format.number(step.level) })} · {format.dateTime(step.at_ms)} ·{' '}
                  {t(`matter.channel.${step.channel}`)}
                </small>
              </li>
            ))}
          </ol>
        )}
      </div>
      {data.may_acknowledge && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack gap="sm">
            <Textarea
              label={t('matter.answer')}
              description={t('matter.answer_hint')}
              required
              autosize
              minRows={2}
              value={remark}
              error={errors.remark}
              onChange={(event) => setRemark(event.currentTarget.value)}
            />
            <Failure>{failure}</Failure>
            <Group justify="flex-end">
              <Button type="submit" size="xs" loading={busy} disabled={remark.trim().length < 3}>
                {t('matter.acknowledge')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

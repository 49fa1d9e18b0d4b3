import { Button, Group, Modal, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import type { HistoryEntry } from '@/api/types';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import { dayMs, today } from '../parts/words';
import classes from '../programme.module.css';
import type { Appointment } from '../types';
import { useSend } from '../useSend';

/** One appointment, who stands above it, and what changed in it. */
export function AppointmentPanel({ id }: { id: string }) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const manages = useCan('programme.manage');
  const [ending, setEnding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['appointments', id],
    queryFn: () => api.get<Appointment>(`/appointments/${id}`),
  });
  const above = useQuery({
    queryKey: ['programme', 'answerable', data?.jurisdiction.path, data?.agency?.code],
    queryFn: async () =>
      (
        await api.get<{ items: Appointment[] }>('/answerable', {
          jurisdiction: data?.jurisdiction.path,
          agency: data?.agency?.code,
        })
      ).items,
    enabled: data !== undefined,
  }).data?.filter((one) => data && one.office.tier > data.office.tier);
  const history = useQuery({
    queryKey: ['appointments', id, 'history'],
    queryFn: async () => (await api.get<{ items: HistoryEntry[] }>(`/appointments/${id}/history`)).items,
  }).data;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{data.person.name}</Text>
        <Text size="sm" c="dimmed">
          {format.name(data.designation)}, {format.name(data.jurisdiction.name)}
        </Text>
      </div>
      <dl className={classes.facts}>
        <dt>{t('officer.rank')}</dt>
        <dd>{format.name(data.rank.name)}</dd>
        <dt>{t('officer.office')}</dt>
        <dd>{format.name(data.office.name)}</dd>
        <dt>{t('officer.agency')}</dt>
        <dd>{format.name((data.department ?? data.agency)?.name) || t('officer.every_agency')}</dd>
        <dt>{t('officer.from')}</dt>
        <dd>{format.date(dayMs(data.from_day))}</dd>
        <dt>{t('officer.to')}</dt>
        <dd>{data.to_day ? format.date(dayMs(data.to_day)) : t('officer.standing')}</dd>
        <dt>{t('officer.order')}</dt>
        <dd>{data.order_reference}</dd>
        <dt>{t('officer.reached_by')}</dt>
        <dd>
          {[data.has_mobile && t('officer.mobile'), data.has_mail && t('officer.mail')].filter(Boolean).join(', ') ||
            t('officer.no_address')}
        </dd>
      </dl>
      {data.standing && (
        <div>
          <h3 className={classes.heading}>{t('officer.above')}</h3>
          {above && above.length > 0 ? (
            <ol className={classes.trail}>
              {above.map((one) => (
                <li key={one.id}>
                  <div>{one.person.name}</div>
                  <small>
                    {format.name(one.designation)}, {format.name(one.jurisdiction.name)}
                  </small>
                </li>
              ))}
            </ol>
          ) : (
            <Text size="sm" c="dimmed">
              {t('officer.nobody_above')}
            </Text>
          )}
        </div>
      )}
      {manages && data.standing && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setEnding(true)}>
            {t('officer.relieve_one')}
          </Button>
        </Group>
      )}
      {history && history.length > 0 && (
        <div>
          <h3 className={classes.heading}>{t('ladder.history')}</h3>
          <ul className={classes.trail}>
            {history.map((entry) => (
              <li key={`${entry.at_ms}`}>
                <div>{entry.why || entry.action}</div>
                <small>
                  {entry.who.name} · {format.dateTime(entry.at_ms)}
                </small>
              </li>
            ))}
          </ul>
        </div>
      )}
      {ending && <Ending appointment={data} onClose={() => setEnding(false)} />}
    </Stack>
  );
}

function Ending({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const { t } = useTranslation('programme');
  const client = useQueryClient();
  const { busy, errors, failure, send } = useSend();
  const [day, setDay] = useState(today());
  const [reason, setReason] = useState('');
  const submit = () =>
    send(async () => {
      await api.post(`/appointments/${appointment.id}/end`, { to_day: day, reason: reason.trim() });
      await client.invalidateQueries({ queryKey: ['appointments'] });
      await client.invalidateQueries({ queryKey: ['programme'] });
      onClose();
    });
  return (
    <Modal opened onClose={onClose} title={t('officer.relieve_one')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <TextInput
            type="date"
            label={t('officer.last_day')}
            required
            value={day}
            error={errors.to_day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Textarea
            label={t('kit:reason_dialog.label')}
            required
            autosize
            minRows={2}
            value={reason}
            error={errors.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Failure>{failure}</Failure>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={reason.trim().length < 3}>
              {t('officer.relieve_one')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Alert, Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { useCan } from '@/api/queries';
import { ErrorState, LoadingRows, useFormat } from '@/kit';
import facts from '@/desks/registry/camera/CameraFacts.module.css';
import { ImagingPanel } from './ImagingPanel';
import { cameraDeviceQuery, deviceEventsQuery } from './queries';
import { driftOf } from './drift';
import { RelayList } from './RelayList';
import type { DeviceFound, DeviceRow } from './types';
import classes from './DeviceCard.module.css';

const SHOWN = 8;

/** The recorder or camera behind a camera of the register: what it is, how its clock goes, what it noticed. */
export function DeviceCard({ cameraId }: { cameraId: string }) {
  const { data, error, refetch } = useQuery(cameraDeviceQuery(cameraId));
  const { t } = useTranslation('devices');
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} />;
  if (!data.device) return <p className={classes.none}>{t('card.none')}</p>;
  return <Known cameraId={cameraId} device={data.device} channel={data.channel ?? 1} />;
}

function Known({ cameraId, device, channel }: { cameraId: string; device: DeviceRow; channel: number }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const client = useQueryClient();
  const mayAsk = useCan('camera.test');
  const mayAdjust = useCan('camera.imaging');
  const maySwitch = useCan('camera.relay');
  const drift = driftOf(device.clock_drift_s);
  const ask = useMutation({
    mutationFn: () => api.post<DeviceFound>(`/devices/${device.id}/refresh`),
    onSettled: () => client.invalidateQueries({ queryKey: ['camera-device', cameraId] }),
  });
  const rows: [string, ReactNode][] = [
    ['name', device.name],
    ['channel', t('card.channel_of', { number: format.number(channel), total: format.number(device.channels.length) })],
    ['make', [device.make, device.model].filter(Boolean).join(' ')],
    ['serial', device.serial],
    ['firmware', device.firmware],
    [
      'clock',
      drift && (
        <span data-wrong={drift.isWrong || undefined} className={classes.drift}>
          {drift.isRight
            ? t('card.clock_right')
            : t(drift.isAhead ? 'card.clock_ahead' : 'card.clock_behind', {
                length:
                  drift.size_ms < 60_000
                    ? t('card.seconds', { number: format.number(drift.size_ms / 1000, 1) })
                    : format.length(drift.size_ms),
              })}
        </span>
      ),
    ],
    ['abilities', device.abilities.map((one) => t(`ability.${one}`)).join(', ')],
    ['seen', device.last_seen_ms !== null && format.when(device.last_seen_ms)],
    ['address', <span lang="en">{device.url}</span>],
  ];
  return (
    <div className={classes.card}>
      <dl className={facts.facts}>
        {rows.map(([name, value]) =>
          value ? (
            <div key={name} className={facts.fact}>
              <dt>{t(`card.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {mayAsk && (
        <Group px={12} pb={8}>
          <Button
            size="compact-sm"
            variant="default"
            loading={ask.isPending}
            leftSection={<IconRefresh size={14} />}
            onClick={() => ask.mutate()}
          >
            {t('card.ask_again')}
          </Button>
        </Group>
      )}
      {ask.error && (
        <Alert color="red" variant="light" p="xs" mx={12} role="alert">
          {sentenceOf(ask.error)}
        </Alert>
      )}
      {ask.data && !ask.data.ok && (
        <Alert color="red" variant="light" p="xs" mx={12} role="alert">
          {t(`media:reason.${ask.data.reason || 'bad_stream'}`)}
          <Text size="xs" c="dimmed" lang="en">
            {ask.data.detail}
          </Text>
        </Alert>
      )}
      {mayAdjust && device.abilities.includes('imaging') && <ImagingPanel cameraId={cameraId} />}
      {maySwitch && device.relays.length > 0 && <RelayList cameraId={cameraId} relays={device.relays} />}
      {device.abilities.includes('events') && <Events cameraId={cameraId} />}
    </div>
  );
}

function Events({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const { data } = useQuery(deviceEventsQuery(cameraId));
  if (!data) return <LoadingRows rows={3} />;
  return (
    <section aria-label={t('events.title')} className={classes.events}>
      <h3>{t('events.title')}</h3>
      {data.length === 0 && <p className={classes.none}>{t('events.none')}</p>}
      <ul>
        {data.slice(0, SHOWN).map((event) => (
          <li key={`${event.at_ms} ${event.topic} ${event.source}`}>
            <time dateTime={new Date(event.at_ms).toISOString()}>{format.when(event.at_ms)}</time>
            <span>{event.name === 'other' ? event.topic : t(`event.${event.name}`)}</span>
            {event.state !== null && <span>{t(event.state ? 'events.began' : 'events.ended')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

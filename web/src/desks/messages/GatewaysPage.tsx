import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnected, IconPlus, IconSend, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { EmptyState, ErrorState, LoadingRows, StatusIcon, useFormat } from '@/kit';
import { Frame } from './Frame';
import { GatewayForm } from './GatewayForm';
import { Why } from './Marks';
import classes from './messages.module.css';
import { TestDialog } from './TestDialog';
import type { Gateway } from './types';

const READ_EVERY_MS = 10_000;

/** The ways out, how each does, and what is set up. */
export function Component() {
  const { t } = useTranslation('messages');
  const [editing, setEditing] = useState<Gateway | 'sms' | 'mail' | null>(null);
  const [testing, setTesting] = useState<Gateway | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['messages', 'gateways'],
    queryFn: async () => (await api.get<{ items: Gateway[] }>('/message-gateways')).items,
    refetchInterval: READ_EVERY_MS,
  });
  return (
    <Frame
      padded
      actions={
        <Group gap="xs">
          {(['sms', 'mail'] as const).map((channel) => (
            <Button
              key={channel}
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => setEditing(channel)}
            >
              {t(`gateways.add_${channel}`)}
            </Button>
          ))}
        </Group>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows />
      ) : data.length === 0 ? (
        <EmptyState icon={IconPlugConnected} title={t('gateways.none')} hint={t('gateways.none_hint')} />
      ) : (
        <Stack gap="md" maw={900}>
          {data.map((gateway) => (
            <Card
              key={gateway.id}
              gateway={gateway}
              onEdit={() => setEditing(gateway)}
              onTest={() => setTesting(gateway)}
            />
          ))}
        </Stack>
      )}
      {editing && (
        <GatewayForm
          key={typeof editing === 'string' ? editing : editing.id}
          gateway={typeof editing === 'string' ? null : editing}
          channel={typeof editing === 'string' ? editing : editing.channel}
          onClose={() => setEditing(null)}
        />
      )}
      {testing && <TestDialog gateway={testing} onClose={() => setTesting(null)} />}
    </Frame>
  );
}

const MARKS = { works: 'live', failing: 'stalled', untried: 'unknown', off: 'offline' } as const;

function Card({ gateway, onEdit, onTest }: { gateway: Gateway; onEdit: () => void; onTest: () => void }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { health, settings } = gateway;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Text fw={600}>
            <StatusIcon status={MARKS[health.state]} /> {gateway.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t(`channel.${gateway.channel}`)} · {t(`gateways.state.${health.state}`)}
            {health.last_sent_ms !== null && ` · ${t('gateways.last', { when: format.when(health.last_sent_ms) })}`}
          </Text>
          <Text size="sm" className={classes.mono}>
            {settings.kind === 'http' ? `${settings.method} ${settings.url}` : `${settings.host}:${settings.port}`}
          </Text>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" leftSection={<IconSend size={14} />} onClick={onTest}>
            {t('gateways.test')}
          </Button>
          <Button size="xs" variant="default" leftSection={<IconSettings size={14} />} onClick={onEdit}>
            {t('gateways.edit')}
          </Button>
        </Group>
      </Group>
      {health.state === 'failing' && (
        <Alert mt="sm" color="orange" icon={<IconAlertTriangle size={16} />}>
          <Text size="sm" fw={500}>
            {t('gateways.failing', {
              since: health.failing_since_ms === null ? '' : format.when(health.failing_since_ms),
              count: gateway.queued,
              number: format.number(gateway.queued),
            })}
          </Text>
          <Why reason={health.reason} detail={health.detail} />
        </Alert>
      )}
      {gateway.report_url && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('gateways.report_url')}: <span className={classes.mono}>{gateway.report_url}</span>
        </Text>
      )}
    </Paper>
  );
}

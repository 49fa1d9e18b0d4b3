import { ActionIcon, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryString } from '@/api/client';
import { ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import { History } from '@/desks/registry/camera/History';
import { GrantForm } from './GrantForm';
import { OneTimePassword } from './OneTimePassword';
import type { User } from '@/api/types';

type Asking = { act: 'lock' | 'unlock' | 'reset' | 'reset_both' } | { act: 'take'; grantId: string };

/** One person: roles, lock, password, history. */
export function UserPanel({ userId }: { userId: string }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [granting, setGranting] = useState(false);
  const [password, setPassword] = useState('');
  const {
    data: user,
    error,
    refetch,
  } = useQuery({
    queryKey: ['user', userId],
    queryFn: () => api.get<User>(`/users/${userId}`),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!user) return <LoadingRows />;
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['user', userId] }),
      client.invalidateQueries({ queryKey: ['users'] }),
      client.invalidateQueries({ queryKey: ['history', `/users/${userId}/history`] }),
    ]);
  const act = async (reason: string) => {
    if (!asking) return;
    if (asking.act === 'take') await api.delete(`/users/${userId}/grants/${asking.grantId}${queryString({ reason })}`);
    else if (asking.act === 'lock' || asking.act === 'unlock')
      await api.patch(`/users/${userId}`, { locked: asking.act === 'lock', reason });
    else {
      const made = await api.post<{ password: string }>(`/users/${userId}/reset-password`, {
        second_factor: asking.act === 'reset_both',
        reason,
      });
      setPassword(made.password);
    }
    await refresh();
  };
  return (
    <Stack gap="md">
      <div>
        <Text fw={600} size="lg">
          {user.name}
        </Text>
        <Text size="sm" c="dimmed">
          {user.username} · {t(user.locked ? 'users.locked' : 'users.active')} · {format.name(user.jurisdiction.name)}
        </Text>
      </div>
      {password && <OneTimePassword password={password} />}
      <Group gap={8}>
        <Button size="xs" variant="default" onClick={() => setAsking({ act: user.locked ? 'unlock' : 'lock' })}>
          {t(user.locked ? 'users.unlock' : 'users.lock')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsking({ act: 'reset' })}>
          {t('users.reset')}
        </Button>
        {user.has_second_factor && (
          <Button size="xs" variant="default" onClick={() => setAsking({ act: 'reset_both' })}>
            {t('users.reset_both')}
          </Button>
        )}
      </Group>
      <Paper withBorder p="sm">
        <Group justify="space-between" mb={6}>
          <Text fw={600}>{t('users.roles')}</Text>
          <Button size="compact-xs" variant="light" onClick={() => setGranting(true)}>
            {t('users.give_role')}
          </Button>
        </Group>
        {user.grants.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('users.no_roles')}
          </Text>
        )}
        {user.grants.map((grant) => (
          <Group key={grant.id} justify="space-between" wrap="nowrap" py={4}>
            <div>
              <Text size="sm">{format.name(grant.role.name)}</Text>
              <Text size="xs" c="dimmed">
                {format.name(grant.jurisdiction.name)} ·{' '}
                {grant.agency ? format.name(grant.agency.name) : t('account.every_agency')}
                {grant.valid_to_ms !== null && ` · ${t('users.until', { date: format.date(grant.valid_to_ms) })}`}
              </Text>
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('users.take_role')}
              onClick={() => setAsking({ act: 'take', grantId: grant.id })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
      </Paper>
      <Paper withBorder>
        <Text fw={600} p="sm" pb={0}>
          {t('users.history')}
        </Text>
        <History path={`/users/${userId}/history`} />
      </Paper>
      {granting && <GrantForm userId={userId} onClose={() => setGranting(false)} onDone={refresh} />}
      {asking && (
        <ReasonDialog
          opened
          title={t(`users.ask_${asking.act}`)}
          consequence={t(`users.ask_${asking.act}_hint`, { name: user.name })}
          confirm={t('users.do_it')}
          danger={asking.act !== 'unlock'}
          onClose={() => setAsking(null)}
          onConfirm={act}
        />
      )}
    </Stack>
  );
}

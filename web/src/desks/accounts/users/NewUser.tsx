import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { useDraft } from '@/kit';
import { OneTimePassword } from './OneTimePassword';
import type { User } from '@/api/types';

const BLANK = { username: '', name: '', language: 'hi' };

/** Entering a person; the answer holds a password that works once and is shown once. */
export function NewUser({ onClose, onMade }: { onClose: () => void; onMade: (user: User) => void }) {
  const { t } = useTranslation('accounts');
  const client = useQueryClient();
  const { values, change, reset } = useDraft('user.new', BLANK);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [made, setMade] = useState<{ user: User; password: string } | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      setMade(await api.post<{ user: User; password: string }>('/users', values));
      reset(BLANK);
      await client.invalidateQueries({ queryKey: ['users'] });
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (made)
    return (
      <Modal opened onClose={onClose} title={made.user.name} closeOnClickOutside={false}>
        <Stack>
          <OneTimePassword password={made.password} />
          <Text size="sm">{t('users.give_role_next')}</Text>
          <Group justify="flex-end">
            <Button
              onClick={() => {
                onClose();
                onMade(made.user);
              }}
            >
              {t('users.give_role')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title={t('users.add')}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('users.name')}
            error={errors.name}
            value={values.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            required
            label={t('sign_in.username')}
            description={t('users.username_hint')}
            autoCapitalize="none"
            error={errors.username}
            value={values.username}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
          <Select
            label={t('users.language')}
            data={[
              { value: 'hi', label: 'हिन्दी' },
              { value: 'en', label: 'English' },
            ]}
            value={values.language}
            onChange={(language) => language && change({ language })}
          />
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('users.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

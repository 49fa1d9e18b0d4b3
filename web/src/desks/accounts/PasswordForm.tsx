import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, api, fieldErrors, sentenceOf } from '@/api/client';

/** A new password in place of the current one. */
export function PasswordForm({ onDone }: { onDone: () => unknown }) {
  const { t } = useTranslation('accounts');
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const [repeat, setRepeat] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (fresh !== repeat) {
      setErrors({ repeat: t('password.differ') });
      return;
    }
    setBusy(true);
    setErrors({});
    try {
      await api.post('/me/password', { current, new: fresh });
      setCurrent('');
      setFresh('');
      setRepeat('');
      await onDone();
    } catch (error) {
      const fields = fieldErrors(error);
      setErrors(error instanceof ApiError && Object.keys(fields).length > 0 ? fields : { form: sentenceOf(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="sm">
        {errors.form && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {errors.form}
          </Alert>
        )}
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={errors.current}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password.new')}
          description={t('password.rule')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          error={errors.new}
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password.repeat')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={errors.repeat}
          value={repeat}
          onChange={(event) => setRepeat(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t('password.change')}
        </Button>
      </Stack>
    </form>
  );
}

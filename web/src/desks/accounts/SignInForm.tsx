import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { AuthError, goToProvider, providers, secondFactor, session, signIn } from '@/api/auth';
import { sentenceOf } from '@/api/client';

interface Props {
  /** Known when somebody signs in again. */
  username?: string;
  onDone: () => unknown;
}

/** Name and password, then the code of the second factor when the account has one. */
export function SignInForm({ username: known, onDone }: Props) {
  const { t } = useTranslation('accounts');
  const [username, setUsername] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'second_factor'>('password');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const offered = useQuery({ queryKey: ['providers'], queryFn: providers, staleTime: Infinity, retry: 1 }).data ?? [];

  useEffect(() => {
    // Sets the CSRF cookie, and finds a sign-in whose second step is still open.
    session().then(
      (stands) => stands === 'second_factor' && setStep('second_factor'),
      (error: unknown) => setFailure(sentenceOf(error)),
    );
  }, []);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const next =
        step === 'password' ? await signIn(username.trim(), password) : await secondFactor(code.replace(/\s/g, ''));
      if (next === 'in') await onDone();
      else if (next === 'second_factor') setStep('second_factor');
      else {
        setStep('password');
        setFailure(t('auth_error.session'));
      }
    } catch (error) {
      setFailure(error instanceof AuthError ? error.sentence : sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="sm">
        {failure && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {failure}
          </Alert>
        )}
        {step === 'password' ? (
          <>
            <TextInput
              label={t('sign_in.username')}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              autoFocus={!known}
              readOnly={known !== undefined}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('sign_in.password')}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              autoFocus={known !== undefined}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        ) : (
          <TextInput
            key="code"
            label={t('second.code')}
            description={t('second.code_hint')}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Button type="submit" loading={busy} fullWidth>
          {t(step === 'password' ? 'sign_in.go' : 'second.go')}
        </Button>
        {step === 'password' && offered.length > 0 && (
          <>
            <Divider label={t('sign_in.or')} />
            {offered.map((provider) => (
              <Button
                key={provider.id}
                variant="default"
                leftSection={<IconLogin2 size={16} />}
                onClick={() => goToProvider(provider.id, location.href)}
              >
                {t('sign_in.with', { name: provider.name })}
              </Button>
            ))}
          </>
        )}
      </Stack>
    </form>
  );
}

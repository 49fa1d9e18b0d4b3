import {
  Alert,
  Anchor,
  Button,
  Center,
  Code,
  Group,
  PasswordInput,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { activateTotp, AuthError, reauthenticate, recoveryCodes, removeTotp, totpOffer } from '@/api/auth';
import { sentenceOf } from '@/api/client';
import { LoadingRows } from '@/kit';
import { QrCode } from './QrCode';

/** Setting up a time-based code: scan, confirm, keep the recovery codes. Also removes it again. */
export function SecondFactorSetup({ onDone }: { onDone: () => unknown }) {
  const { t } = useTranslation('accounts');
  const [codes, setCodes] = useState<string[] | null>(null);
  const [mustProve, setMustProve] = useState(false);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState('');
  // The secret is the server's until it is confirmed: asked for once, and never kept in the cache.
  const asked = useQuery({ queryKey: ['totp'], queryFn: totpOffer, staleTime: Infinity, gcTime: 0, retry: false });

  const offer = typeof asked.data === 'object' ? asked.data : null;
  const at = codes
    ? 'codes'
    : mustProve || asked.data === 'reauthenticate'
      ? 'password'
      : asked.data === 'active'
        ? 'active'
        : 'offer';
  const say = (error: unknown) => (error instanceof AuthError ? error.sentence : sentenceOf(error));
  const failure = failed || (asked.error ? say(asked.error) : '');

  const guarded = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailed('');
    try {
      await work();
    } catch (error) {
      setFailed(say(error));
    } finally {
      setBusy(false);
    }
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    void guarded(async () => {
      if (at === 'password') {
        await reauthenticate(password);
        setPassword('');
        setMustProve(false);
        // Asking again would make a new secret: one that was scanned already is kept.
        if (!offer) await asked.refetch();
      } else if (at === 'offer') {
        if ((await activateTotp(code.replace(/\s/g, ''))) === 'reauthenticate') return setMustProve(true);
        setCode('');
        const made = await recoveryCodes();
        setCodes(made === 'reauthenticate' ? [] : made);
      }
    });
  };
  const remove = () =>
    void guarded(async () => {
      if ((await removeTotp()) === 'reauthenticate') return setMustProve(true);
      await onDone();
      await asked.refetch();
    });

  if (asked.isPending) return <LoadingRows rows={3} />;
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {failure && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {failure}
          </Alert>
        )}
        {at === 'password' && (
          <>
            <PasswordInput
              label={t('second.password_again')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {t('second.continue')}
            </Button>
          </>
        )}
        {at === 'offer' && offer && (
          <>
            <Text size="sm">{t('second.scan')}</Text>
            <Center>
              <QrCode text={offer.totp_url} label={t('second.qr')} />
            </Center>
            <Text size="xs" c="dimmed">
              {t('second.by_hand')} <Code>{offer.secret.replace(/(.{4})/g, '$1 ').trim()}</Code>
            </Text>
            <TextInput
              label={t('second.first_code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {t('second.activate')}
            </Button>
          </>
        )}
        {codes && (
          <>
            <Text size="sm">{t('second.keep_codes')}</Text>
            <SimpleGrid cols={2} spacing="xs" verticalSpacing={4}>
              {codes.map((code) => (
                <Code key={code} ta="center">
                  {code}
                </Code>
              ))}
            </SimpleGrid>
            <Group justify="space-between">
              <Anchor
                size="sm"
                download="prahari-recovery-codes.txt"
                href={`data:text/plain,${encodeURIComponent(codes.join('\n'))}`}
              >
                {t('second.save_codes')}
              </Anchor>
              <Button onClick={() => void onDone()}>{t('second.kept')}</Button>
            </Group>
          </>
        )}
        {at === 'active' && (
          <Group justify="space-between">
            <Text size="sm">{t('second.is_active')}</Text>
            <Button variant="default" size="xs" loading={busy} onClick={remove}>
              {t('second.remove')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

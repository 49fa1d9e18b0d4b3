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
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  activateTotp,
  AuthError,
  reauthenticate,
  recoveryCodes,
  removeTotp,
  totpOffer,
  type TotpOffer,
} from '@/api/auth';
import { sentenceOf } from '@/api/client';
import { LoadingRows } from '@/kit';
import { QrCode } from './QrCode';

type Step =
  { at: 'loading' | 'password' | 'active' } | { at: 'offer'; offer: TotpOffer } | { at: 'codes'; codes: string[] };

/** Setting up a time-based code: scan, confirm, keep the recovery codes. Also removes it again. */
export function SecondFactorSetup({ onDone }: { onDone: () => unknown }) {
  const { t } = useTranslation('accounts');
  const [step, setStep] = useState<Step>({ at: 'loading' });
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');

  const guarded = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure('');
    try {
      await work();
    } catch (error) {
      setFailure(error instanceof AuthError ? error.sentence : sentenceOf(error));
    } finally {
      setBusy(false);
    }
  }, []);

  const load = useCallback(
    () =>
      guarded(async () => {
        const answer = await totpOffer();
        if (answer === 'active') setStep({ at: 'active' });
        else if (answer === 'reauthenticate') setStep({ at: 'password' });
        else setStep({ at: 'offer', offer: answer });
      }),
    [guarded],
  );
  useEffect(() => void load(), [load]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    void guarded(async () => {
      if (step.at === 'password') {
        await reauthenticate(text);
        setText('');
        await load();
      } else if (step.at === 'offer') {
        if ((await activateTotp(text.replace(/\s/g, ''))) === 'reauthenticate') return setStep({ at: 'password' });
        setText('');
        const codes = await recoveryCodes();
        setStep({ at: 'codes', codes: codes === 'reauthenticate' ? [] : codes });
      }
    });
  };

  if (step.at === 'loading' && !failure) return <LoadingRows rows={3} />;
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {failure && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {failure}
          </Alert>
        )}
        {step.at === 'password' && (
          <>
            <PasswordInput
              label={t('second.password_again')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              autoFocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {t('second.continue')}
            </Button>
          </>
        )}
        {step.at === 'offer' && (
          <>
            <Text size="sm">{t('second.scan')}</Text>
            <Center>
              <QrCode text={step.offer.totp_url} label={t('second.qr')} />
            </Center>
            <Text size="xs" c="dimmed">
              {t('second.by_hand')} <Code>{step.offer.secret.replace(/(.{4})/g, '$1 ').trim()}</Code>
            </Text>
            <TextInput
              label={t('second.first_code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {t('second.activate')}
            </Button>
          </>
        )}
        {step.at === 'codes' && (
          <>
            <Text size="sm">{t('second.keep_codes')}</Text>
            <SimpleGrid cols={2} spacing="xs" verticalSpacing={4}>
              {step.codes.map((code) => (
                <Code key={code} ta="center">
                  {code}
                </Code>
              ))}
            </SimpleGrid>
            <Group justify="space-between">
              <Anchor
                size="sm"
                download="prahari-recovery-codes.txt"
                href={`data:text/plain,${encodeURIComponent(step.codes.join('\n'))}`}
              >
                {t('second.save_codes')}
              </Anchor>
              <Button onClick={() => void onDone()}>{t('second.kept')}</Button>
            </Group>
          </>
        )}
        {step.at === 'active' && (
          <Group justify="space-between">
            <Text size="sm">{t('second.is_active')}</Text>
            <Button
              variant="default"
              size="xs"
              loading={busy}
              onClick={() =>
                void guarded(async () => {
                  if ((await removeTotp()) === 'reauthenticate') return setStep({ at: 'password' });
                  await onDone();
                  await load();
                })
              }
            >
              {t('second.remove')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

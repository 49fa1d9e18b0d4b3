import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Duty } from '@/api/queries';
import { PasswordForm } from './PasswordForm';
import { SecondFactorSetup } from './SecondFactorSetup';
import { SignInForm } from './SignInForm';

interface Props {
  /** What comes first for who is signed in already; null: nobody is. */
  duty: Duty | null;
  /** Over the form where somebody is to sign in. */
  title: string;
  hint?: string;
  /** Known when somebody signs in again. */
  username?: string;
  onDone: () => unknown;
}

const WORDS = { password: 'password', second_factor: 'second' } as const;

/** Coming in on a page of its own: signing in, then the duties that come first, as before the desks. */
export function Entry({ duty, title, hint, username, onDone }: Props) {
  const { t } = useTranslation('accounts');
  const words = duty && WORDS[duty];
  const below = words ? t(`${words}.forced_hint`) : hint;
  return (
    <Stack gap="sm">
      <Text fw={600}>{words ? t(`${words}.forced_title`) : title}</Text>
      {below && (
        <Text size="sm" c="dimmed">
          {below}
        </Text>
      )}
      {duty === 'password' ? (
        <PasswordForm onDone={onDone} />
      ) : duty === 'second_factor' ? (
        <SecondFactorSetup onDone={onDone} />
      ) : (
        <SignInForm username={username} onDone={onDone} />
      )}
    </Stack>
  );
}

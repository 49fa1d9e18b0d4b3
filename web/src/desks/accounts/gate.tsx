/** What stands before the desks: signing in, signing in again, and duties that come first. */
import { Box, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Rail';
import { useSession } from '@/app/session';
import { LanguageSwitch, SchemeSwitch } from '@/app/TopBar';
import { centreQuery, meQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import classes from './gate.module.css';
import { PasswordForm } from './PasswordForm';
import { SecondFactorSetup } from './SecondFactorSetup';
import { SignInForm } from './SignInForm';

function Gate({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const centre = useQuery(centreQuery).data;
  return (
    <div className={classes.gate}>
      <div className={classes.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
      <main className={classes.middle}>
        <div className={classes.who}>
          <Box c="accent.4" component="span" display="inline-flex">
            <Mark size={44} />
          </Box>
          <div>
            <Title order={1} size="h3">
              {t('product')}
            </Title>
            <Text size="sm" c="dimmed">
              {format.name(centre?.name) || t('centre')}
            </Text>
          </div>
        </div>
        <Paper withBorder p="lg" radius="md" className={classes.card}>
          <Stack gap="md">
            <div>
              <Text fw={600}>{title}</Text>
              {hint && (
                <Text size="sm" c="dimmed">
                  {hint}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </main>
      <Text size="xs" c="dimmed" ta="center" p="sm">
        {t('every_act')} {centre?.version ? `· ${centre.version}` : ''}
      </Text>
    </div>
  );
}

export function SignInPage() {
  const { t } = useTranslation('accounts');
  const client = useQueryClient();
  return (
    <Gate title={t('sign_in.title')}>
      <SignInForm onDone={() => client.resetQueries()} />
    </Gate>
  );
}

/** The session ended at work: sign in over the page, which stays as it was with everything typed. */
export function SignInAgain({ username }: { username: string }) {
  const { t } = useTranslation('accounts');
  const client = useQueryClient();
  const done = async () => {
    const before = client.getQueryData(meQuery.queryKey);
    const now = await client.fetchQuery({ ...meQuery, staleTime: 0 });
    // Somebody else must not find the first one's page.
    if (before && now.id !== before.id) location.assign('/');
    useSession.setState({ expired: false });
    await client.invalidateQueries();
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title={t('sign_in.again_title')}
      closeOnEscape={false}
      zIndex={1000}
      overlayProps={{ backgroundOpacity: 0.75 }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('sign_in.again_hint')}
        </Text>
        <SignInForm username={username} onDone={done} />
      </Stack>
    </Modal>
  );
}

export function ForcedPassword() {
  const { t } = useTranslation('accounts');
  const client = useQueryClient();
  return (
    <Gate title={t('password.forced_title')} hint={t('password.forced_hint')}>
      <PasswordForm onDone={() => client.invalidateQueries({ queryKey: meQuery.queryKey })} />
    </Gate>
  );
}

export function ForcedSecondFactor() {
  const { t } = useTranslation('accounts');
  const client = useQueryClient();
  return (
    <Gate title={t('second.forced_title')} hint={t('second.forced_hint')}>
      <SecondFactorSetup onDone={() => client.invalidateQueries({ queryKey: meQuery.queryKey })} />
    </Gate>
  );
}

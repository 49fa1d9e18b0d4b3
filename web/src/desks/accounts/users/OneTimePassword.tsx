import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password that is shown this once. */
export function OneTimePassword({ password }: { password: string }) {
  const { t } = useTranslation('accounts');
  return (
    <Alert variant="light" title={t('users.one_time_password')}>
      <Group justify="space-between">
        <Code fz="md">{password}</Code>
        <CopyButton value={password}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? 'users.copied' : 'users.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="xs" mt={6}>
        {t('users.one_time_hint')}
      </Text>
    </Alert>
  );
}

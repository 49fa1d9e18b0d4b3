import { Paper, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery, useMe } from '@/api/queries';
import { Page, useFormat, usePreferences } from '@/kit';
import type { Numerals } from '@/kit/format';
import { PasswordForm } from './PasswordForm';
import { SecondFactorSetup } from './SecondFactorSetup';

/** My own account: what I may do, my password, my second factor, my numerals. */
export function Component() {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const client = useQueryClient();
  const me = useMe();
  const { numerals, setNumerals } = usePreferences();
  if (!me) return null;
  return (
    <Page title={t('account.title')} note={`${me.name} · ${me.username}`} padded>
      <SimpleGrid cols={{ base: 1, md: 2 }} maw={900} spacing="md">
        <Paper withBorder p="md">
          <Text fw={600} mb="sm">
            {t('account.may')}
          </Text>
          <Stack gap={4}>
            {me.grants.map((grant, at) => (
              <Text key={at} size="sm">
                {format.name(grant.role.name)} · {format.name(grant.jurisdiction.name)}
                {' · '}
                {grant.agency ? format.name(grant.agency.name) : t('account.every_agency')}
              </Text>
            ))}
          </Stack>
          <Text fw={600} mt="lg" mb="xs">
            {t('account.numerals')}
          </Text>
          <SegmentedControl
            size="xs"
            value={numerals}
            onChange={(value) => setNumerals(value as Numerals)}
            data={[
              { value: 'latn', label: '0123456789' },
              { value: 'deva', label: '०१२३४५६७८९' },
            ]}
          />
        </Paper>
        <Paper withBorder p="md">
          <Text fw={600} mb="sm">
            {t('account.second_factor')}
          </Text>
          <SecondFactorSetup onDone={() => client.invalidateQueries({ queryKey: meQuery.queryKey })} />
        </Paper>
        <Paper withBorder p="md">
          <Text fw={600} mb="sm">
            {t('account.password')}
          </Text>
          <PasswordForm
            onDone={() => {
              notifications.show({ message: t('password.changed') });
            }}
          />
        </Paper>
      </SimpleGrid>
    </Page>
  );
}

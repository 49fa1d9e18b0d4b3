import { Button, Paper, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan } from '@/api/queries';
import { EmptyState, ErrorState, LoadingRows, ReasonDialog, useFormat } from '@/kit';
import classes from './outreach.module.css';
import type { Vault } from './types';

type StoreName = Vault['stores'][number]['store'];

/** The two places where testimonials lie, and every copy that was not as it should be. */
export function VaultView() {
  const { t } = useTranslation('outreach');
  const format = useFormat();
  const client = useQueryClient();
  const mayEdit = useCan('outreach.edit');
  const [renewing, setRenewing] = useState<StoreName | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['outreach-vault'],
    queryFn: () => api.get<Vault>('/outreach/vault'),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('vault.about', { days: format.number(data.fixity_days) })}
      </Text>
      <div className={classes.columns}>
        {data.stores.map((one) => (
          <Paper key={one.store} withBorder p="md">
            <span className={classes.head}>
              <Text fw={600}>{t(`store.${one.store}`)}</Text>
              <span className={classes.state} data-state={one.trouble ? 'missing' : 'good'}>
                {one.trouble ? t(`trouble.${one.trouble}`) : t('vault.in_reach')}
              </span>
            </span>
            <Text size="sm">
              {t('vault.numbers', {
                good: format.number(one.good),
                waiting: format.number(one.waiting),
                bad: format.number(one.bad),
              })}
            </Text>
            {one.oldest_check_ms !== null && (
              <Text size="xs" c="dimmed">
                {t('vault.oldest', { time: format.dateTime(one.oldest_check_ms) })}
              </Text>
            )}
            {mayEdit && one.trouble && (
              <Button size="compact-xs" variant="default" mt={8} onClick={() => setRenewing(one.store)}>
                {t('vault.new_folder')}
              </Button>
            )}
          </Paper>
        ))}
      </div>
      <Text fw={600} mb={6}>
        {t('vault.findings')}
      </Text>
      {data.findings.length === 0 ? (
        <EmptyState icon={IconShieldCheck} title={t('vault.no_findings')} hint={t('vault.no_findings_hint')} />
      ) : (
        <ul className={classes.list}>
          {data.findings.map((one) => (
            <li key={one.id} className={classes.card}>
              <span className={classes.head}>
                <span>
                  {format.name(one.premises)} · {t(`store.${one.store}`)}: {t(`copy.${one.found}`)}
                </span>
                <span className={classes.state} data-state={one.lost ? 'lost' : one.restored ? 'good' : 'waiting'}>
                  {t(one.lost ? 'vault.lost' : one.restored ? 'vault.restored' : 'vault.not_yet')}
                </span>
              </span>
              <span className={classes.faint}>{format.dateTime(one.at_ms)}</span>
            </li>
          ))}
        </ul>
      )}
      <ReasonDialog
        opened={renewing !== null}
        title={t('vault.new_folder')}
        consequence={t('vault.new_folder_means')}
        confirm={t('vault.new_folder')}
        danger
        onClose={() => setRenewing(null)}
        onConfirm={async (reason) => {
          await api.post(`/outreach/vault/${renewing}/new-folder`, { reason });
          await client.invalidateQueries({ queryKey: ['outreach-vault'] });
        }}
      />
    </>
  );
}

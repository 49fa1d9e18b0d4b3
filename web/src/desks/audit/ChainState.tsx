import { Text } from '@mantine/core';
import { IconAlertTriangle, IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFormat } from '@/kit';

interface Chain {
  position: number;
  link: string;
  waiting: number;
  oldest_waiting_ms: number | null;
  now_ms: number;
}

/** Entries are chained every two seconds; longer than this and somebody should look. */
const BEHIND_MS = 10_000;

/** How many entries the chain of hashes holds, and whether new ones wait too long to be taken into it. */
export function ChainState() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const chain = useQuery({
    queryKey: ['audit', 'chain'],
    queryFn: () => api.get<Chain>('/audit/chain'),
    refetchInterval: 10_000,
  }).data;
  if (!chain) return null;
  const waited_ms = chain.oldest_waiting_ms === null ? 0 : chain.now_ms - chain.oldest_waiting_ms;
  const isBehind = waited_ms > BEHIND_MS;
  const Icon = isBehind ? IconAlertTriangle : IconLink;
  return (
    <Text
      size="xs"
      c={isBehind ? 'red' : 'dimmed'}
      role="status"
      title={chain.link ? t('chain_last', { link: chain.link }) : undefined}
      style={{ display: 'flex', alignItems: 'center', gap: 6 }}
    >
      <Icon size={14} aria-hidden />
      {isBehind
        ? t('chain_behind', {
            count: chain.waiting,
            number: format.number(chain.waiting),
            length: format.length(waited_ms),
          })
        : t('chain_holds', { count: chain.position, number: format.number(chain.position) })}
    </Text>
  );
}

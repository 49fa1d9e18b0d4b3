import { Button, Group, Kbd, ScrollArea, Table, Text } from '@mantine/core';
import { IconArrowsJoin } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import type { Page as Rows } from '@/api/types';
import { EmptyState, ErrorState, LoadingRows, Page, useFormat, useShortcut } from '@/kit';
import { differences, type Fact } from './differences';
import classes from './Lists.module.css';
import type { Decision, Pair } from './types';

/** Rows that may name premises known already, side by side: a person says the same, different, or later. */
export function Component() {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const [search] = useSearchParams();
  const list = search.get('list') ?? undefined;
  const client = useQueryClient();
  const key = ['list-duplicates', list ?? ''];
  const queue = useQuery({
    queryKey: key,
    queryFn: () => api.get<Rows<Pair>>('/list-duplicates', { list_id: list, limit: 20 }),
  });
  const [failure, setFailure] = useState('');
  const pair = queue.data?.items.find((one) => one.ready) ?? queue.data?.items[0];
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) =>
      api.post(`/list-duplicates/${id}/decide`, { decision }),
    onMutate: () => setFailure(''),
    onError: (error) => setFailure(sentenceOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  const busy = decide.isPending || queue.isFetching;
  const act = (decision: Decision) => {
    if (pair && !busy) decide.mutate({ id: pair.id, decision });
  };
  useShortcut('s', t('duplicates.same'), () => act('same'), pair !== undefined);
  useShortcut('d', t('duplicates.different'), () => act('different'), pair !== undefined);
  useShortcut('l', t('duplicates.later'), () => act('later'), pair !== undefined);
  return (
    <Page
      title={t('duplicates.title')}
      note={queue.data && t('duplicates.left', { count: queue.data.total, number: format.number(queue.data.total) })}
      padded
    >
      {queue.error ? (
        <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />
      ) : queue.isPending ? (
        <LoadingRows rows={8} />
      ) : !pair ? (
        <EmptyState icon={IconArrowsJoin} title={t('duplicates.none')} hint={t('duplicates.none_hint')} />
      ) : (
        <div className={classes.narrow}>
          <Group gap="xs" mb="sm" wrap="wrap">
            <Text fw={600}>{t('duplicates.score', { number: format.number(pair.score) })}</Text>
            <Text size="sm" c="dimmed">
              {pair.reasons
                .map(({ code, value }) => t(`reason.${code}`, { value: value === null ? '' : format.number(value) }))
                .join(' · ')}
            </Text>
          </Group>
          <SideBySide pair={pair} />
          {failure && (
            <Text size="sm" c="var(--alarm)" role="alert" mt="sm">
              {failure}
            </Text>
          )}
          <Group gap="sm" mt="md" className={classes.decide}>
            <Button onClick={() => act('same')} disabled={busy || !pair.ready} rightSection={<Kbd size="xs">S</Kbd>}>
              {t('duplicates.same')}
            </Button>
            <Button
              variant="default"
              onClick={() => act('different')}
              disabled={busy}
              rightSection={<Kbd size="xs">D</Kbd>}
            >
              {t('duplicates.different')}
            </Button>
            <Button variant="subtle" onClick={() => act('later')} disabled={busy} rightSection={<Kbd size="xs">L</Kbd>}>
              {t('duplicates.later')}
            </Button>
          </Group>
          {!pair.ready && (
            <Text size="xs" c="dimmed" mt="xs">
              {t('duplicates.not_ready')}
            </Text>
          )}
        </div>
      )}
    </Page>
  );
}

function SideBySide({ pair }: { pair: Pair }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const facts = differences(pair, format);
  const cell = (value: string, fact: Fact) => (
    <Table.Td data-differs={fact.differs || undefined} className={classes.fact}>
      {value || '–'}
    </Table.Td>
  );
  return (
    <ScrollArea>
      <Table verticalSpacing={6} className={classes.pair}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={130} />
            <Table.Th>{t('duplicates.row')}</Table.Th>
            <Table.Th>
              {pair.other.premises_id ? (
                <Link to={`/premises/${pair.other.premises_id}`} target="_blank">
                  {t('duplicates.known')}
                </Link>
              ) : (
                t('duplicates.other_row')
              )}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {facts.map((fact) => (
            <Table.Tr key={fact.name}>
              <Table.Th fw={400}>{t(`field.${fact.name}`)}</Table.Th>
              {cell(fact.one, fact)}
              {cell(fact.other, fact)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

import { ActionIcon, Alert, Button, Group, Modal, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import type { Page } from '@/api/types';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import type { Recipient } from '../types';
import { useAreaName } from '../useAreaName';

const EMPTY = { jurisdiction: '', agency: '', name: '', address: '', language: 'hi' };

/** Who gets an area's report by mail once it is signed. */
export function Recipients({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const areaName = useAreaName();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['report-recipients'],
    queryFn: () => api.get<Page<Recipient>>('/report-recipients', { limit: 500 }),
  });
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const [values, setValues] = useState(EMPTY);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const change = (part: Partial<typeof EMPTY>) => setValues((now) => ({ ...now, ...part }));
  const run = async (call: () => Promise<unknown>) => {
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      await call();
      await client.invalidateQueries({ queryKey: ['report-recipients'] });
      return true;
    } catch (problem) {
      setErrors(fieldErrors(problem));
      setFailure(sentenceOf(problem));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await run(() => api.post('/report-recipients', values))) change({ name: '', address: '' });
  };
  return (
    <Modal opened onClose={onClose} title={t('recipient.title')} size="lg">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('recipient.hint')}
        </Text>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <LoadingRows rows={3} />
        ) : data.items.length === 0 ? (
          <EmptyState title={t('recipient.none')} />
        ) : (
          data.items.map((row) => (
            <Group key={row.id} justify="space-between" wrap="nowrap" gap="sm">
              <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <Text size="sm" fw={500}>
                  {row.name} · {row.address}
                </Text>
                <Text size="xs" c="dimmed">
                  {areaName(row.area)} · {t(`language.${row.language}`)}
                </Text>
              </div>
              <Tooltip label={t('recipient.remove')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('recipient.remove')}: ${row.name}`}
                  disabled={busy}
                  onClick={() => void run(() => api.delete(`/report-recipients/${row.id}`))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            </Group>
          ))
        )}
        <form onSubmit={(event) => void add(event)}>
          <Stack gap="xs">
            <Group grow align="flex-start">
              <Select
                label={t('area')}
                searchable
                required
                data={areas.map((one) => ({ value: one.path, label: `${format.name(one.name)} (${one.path})` }))}
                value={values.jurisdiction || null}
                error={errors.jurisdiction}
                onChange={(jurisdiction) => change({ jurisdiction: jurisdiction ?? '' })}
              />
              <Select
                label={t('agency')}
                clearable
                placeholder={t('all_agencies')}
                data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
                value={values.agency || null}
                error={errors.agency}
                onChange={(agency) => change({ agency: agency ?? '' })}
              />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                label={t('recipient.name')}
                required
                value={values.name}
                error={errors.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <TextInput
                label={t('recipient.address')}
                required
                type="email"
                value={values.address}
                error={errors.address}
                onChange={(event) => change({ address: event.currentTarget.value })}
              />
            </Group>
            <Select
              label={t('recipient.language')}
              allowDeselect={false}
              data={['hi', 'en'].map((one) => ({ value: one, label: t(`language.${one}`) }))}
              value={values.language}
              onChange={(language) => change({ language: language ?? 'hi' })}
            />
            {failure && <Alert color="red">{failure}</Alert>}
            <Group justify="flex-end">
              <Button type="submit" loading={busy}>
                {t('recipient.add')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </Modal>
  );
}

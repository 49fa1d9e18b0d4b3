import { Alert, Button, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { templatesQuery } from '../queries';
import type { FilledAddress } from '../types';

const MOST_CHANNELS = 64;

/** A maker, a host, so many channels: their addresses as the maker lays them out. */
export function MakerFields({ onAddresses }: { onAddresses: (addresses: FilledAddress[]) => void }) {
  const { t } = useTranslation('devices');
  const format = useFormat();
  const templates = useQuery(templatesQuery).data ?? [];
  const [maker, setMaker] = useState('');
  const [host, setHost] = useState('');
  const [channels, setChannels] = useState<number | string>(4);
  const fill = useMutation({
    mutationFn: async () =>
      (
        await api.get<{ items: FilledAddress[] }>(`/vendor-templates/${maker}/addresses`, {
          host: host.trim(),
          channels: Number(channels) || 1,
        })
      ).items,
    onSuccess: onAddresses,
  });
  const errors = fieldErrors(fill.error);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label={t('wizard.maker')}
          data={templates.filter((one) => one.active).map((one) => ({ value: one.code, label: format.name(one.name) }))}
          value={maker || null}
          onChange={(code) => setMaker(code ?? '')}
        />
        <TextInput
          label={t('wizard.host')}
          description={t('wizard.host_hint')}
          spellCheck={false}
          autoCapitalize="off"
          error={errors.host}
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <NumberInput label={t('wizard.channels')} min={1} max={MOST_CHANNELS} value={channels} onChange={setChannels} />
      </SimpleGrid>
      <Alert variant="light" color="yellow" p="xs">
        {t('wizard.maker_hint')}
      </Alert>
      {fill.error && !errors.host && <Alert color="red">{sentenceOf(fill.error)}</Alert>}
      <div>
        <Button
          variant="default"
          loading={fill.isPending}
          disabled={!maker || !host.trim()}
          onClick={() => fill.mutate()}
        >
          {t('wizard.show_channels')}
        </Button>
      </div>
    </>
  );
}

import { Button, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFormat } from '@/kit';
import { Failure } from '../parts/Failure';
import type { Coded } from '../types';
import { useSend } from '../useSend';
import type { HandStep } from './next';

interface Props {
  premisesId: string;
  step: HandStep;
  onDone: () => Promise<unknown>;
  onClose: () => void;
}

/** What is to be known of a step before it is entered. */
export function StepForm({ premisesId, step, onDone, onClose }: Props) {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { busy, errors, failure, send } = useSend();
  const [note, setNote] = useState('');
  const [reason, setReason] = useState<string | null>(null);
  const [day, setDay] = useState('');
  const [payer, setPayer] = useState<string | null>(null);
  const [found, setFound] = useState<number | string>('');
  const reasons =
    useQuery({
      queryKey: ['linking', 'refusal-reasons'],
      queryFn: async () => (await api.get<{ items: Coded[] }>('/linking/refusal-reasons')).items,
      enabled: step === 'refused',
      staleTime: 300_000,
    }).data ?? [];
  const submit = () =>
    send(async () => {
      await api.post(`/linking/premises/${premisesId}/move`, {
        step,
        note: note.trim(),
        ...(step === 'refused' && reason ? { reason } : {}),
        ...(step === 'promised' && day ? { promised_for: day } : {}),
        ...(step === 'promised' && payer ? { cost_borne_by: payer } : {}),
        ...((step === 'asked' || step === 'refused') && day ? { come_again_on: day } : {}),
        ...(step === 'surveyed' && typeof found === 'number' ? { cameras_found: found } : {}),
      });
      await onDone();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        {step === 'refused' && (
          <Select
            label={t('ladder.why_refused')}
            required
            data={reasons.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={reason}
            error={errors.reason}
            onChange={setReason}
          />
        )}
        {step !== 'surveyed' && step !== 'installed' && (
          <TextInput
            type="date"
            label={t(step === 'promised' ? 'ladder.promised_for' : 'ladder.come_again')}
            required={step === 'promised'}
            value={day}
            error={errors.promised_for ?? errors.come_again_on}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        )}
        {step === 'promised' && (
          <Select
            label={t('ladder.who_pays')}
            required
            data={(['owner', 'department', 'scheme'] as const).map((one) => ({ value: one, label: t(`payer.${one}`) }))}
            value={payer}
            error={errors.cost_borne_by}
            onChange={setPayer}
          />
        )}
        {step === 'surveyed' && (
          <NumberInput
            label={t('ladder.cameras_found')}
            required
            min={0}
            max={10_000}
            allowDecimal={false}
            value={found}
            error={errors.cameras_found}
            onChange={setFound}
          />
        )}
        <Textarea
          label={t('ladder.note')}
          autosize
          minRows={2}
          value={note}
          error={errors.note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Failure>{failure}</Failure>
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button size="xs" type="submit" loading={busy}>
            {t(`do.${step}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

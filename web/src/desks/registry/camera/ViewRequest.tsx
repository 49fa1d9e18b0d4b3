import { Alert, Button, Group, Modal, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { IconEyeCheck, IconEyeQuestion } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import type { components } from '@/api/schema.gen';
import { useFormat } from '@/kit';
import { mediaTokens } from '@/media';

type ViewRequestRow = components['schemas']['ViewRequestOut'];

/** The reader's own leave to look at a camera whose owner wants to be asked; undefined while that is not known. */
export function useViewRequest(cameraId: string, enabled: boolean) {
  const read = useQuery({
    queryKey: ['view-requests', cameraId],
    queryFn: async () => (await api.get<{ items: ViewRequestRow[] }>(`/cameras/${cameraId}/view-requests`)).items,
    enabled,
    refetchInterval: 60_000,
  });
  return { mine: read.data?.find((request) => request.mine && request.stands), isKnown: read.isSuccess };
}

/** Above the picture of such a camera: ask, or see until when one may look. */
export function ViewRequestBar({ cameraId, mine }: { cameraId: string; mine: ViewRequestRow | undefined }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () => {
    mediaTokens.discardAll(cameraId);
    return client.invalidateQueries({ queryKey: ['view-requests', cameraId] });
  };
  const end = async (id: string) => {
    await api.post(`/view-requests/${id}/end`);
    await refresh();
  };
  return (
    <Alert
      p="xs"
      mb={8}
      variant="light"
      color={mine ? 'accent' : 'yellow'}
      icon={mine ? <IconEyeCheck /> : <IconEyeQuestion />}
      title={t(mine ? 'look.granted' : 'look.needed')}
    >
      <Group justify="space-between" gap={8}>
        <span>
          {mine ? t('look.until', { time: format.time(mine.to_ms, false), purpose: mine.purpose }) : t('look.why')}
        </span>
        {mine ? (
          <Button size="compact-sm" variant="default" onClick={() => void end(mine.id)}>
            {t('look.end')}
          </Button>
        ) : (
          <Button size="compact-sm" onClick={() => setAsking(true)}>
            {t('look.ask')}
          </Button>
        )}
      </Group>
      {asking && <AskDialog cameraId={cameraId} onClose={() => setAsking(false)} onDone={refresh} />}
    </Alert>
  );
}

function AskDialog({
  cameraId,
  onClose,
  onDone,
}: {
  cameraId: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { t } = useTranslation('registry');
  const [purpose, setPurpose] = useState('');
  const [caseNumber, setCaseNumber] = useState('');
  const [minutes, setMinutes] = useState<number | string>(30);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setErrors({});
    setFailure('');
    try {
      await api.post(`/cameras/${cameraId}/view-requests`, {
        purpose: purpose.trim(),
        case_number: caseNumber.trim(),
        minutes: Number(minutes) || 0,
      });
      await onDone();
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('look.ask')}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <Textarea
            data-autofocus
            required
            autosize
            minRows={2}
            label={t('look.purpose')}
            description={t('look.purpose_hint')}
            error={errors.purpose}
            value={purpose}
            onChange={(event) => setPurpose(event.currentTarget.value)}
          />
          <Group grow align="start">
            <TextInput
              label={t('look.case_number')}
              error={errors.case_number}
              value={caseNumber}
              onChange={(event) => setCaseNumber(event.currentTarget.value)}
            />
            <NumberInput
              label={t('look.minutes')}
              error={errors.minutes}
              min={1}
              value={minutes}
              onChange={setMinutes}
            />
          </Group>
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit">{t('look.send')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

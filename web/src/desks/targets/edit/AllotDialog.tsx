import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import { KEY } from '../queries';
import type { PlanOverview, Preview } from '../types';
import { ready, type PartDraft } from './parts';
import { PartsEditor } from './PartsEditor';

/** Shares out what is not allotted: the rest is counted as one types, and what does not fit is said before it is sent. */
export function AllotDialog({
  plan,
  onClose,
  onDone,
}: {
  plan: PlanOverview;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const [parts, setParts] = useState<PartDraft[]>(() => {
    const taken = plan.parts.map((one) => one.owner_class?.code);
    const meant = plan.rest?.meant_for.filter(({ code }) => !taken.includes(code)) ?? [];
    return meant.map(({ code }) => ({ kind: 'owner_class', code, cameras: '' }));
  });
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked] = useDebouncedValue(ready(parts), 300);
  const preview = useQuery({
    queryKey: [KEY, 'preview', plan.id, plan.edited_ms, asked],
    queryFn: () => api.post<Preview>(`/target-plans/${plan.id}/allotment-preview`, { parts: asked }),
    placeholderData: (before) => before,
    retry: false,
  });
  const found = preview.data;
  const problem = preview.error ? sentenceOf(preview.error) : found?.problem ? format.name(found.problem) : '';
  const send = async () => {
    setBusy(true);
    setFailure('');
    try {
      await api.post(`/target-plans/${plan.id}/allotment`, { parts: ready(parts), reason, edited_ms: plan.edited_ms });
      await onDone();
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('allot_title')} size="lg">
      <Stack gap="md">
        <PartsEditor parts={parts} onChange={setParts} />
        {found && (
          <Text size="sm" aria-live="polite">
            {t('allot_preview', {
              before: format.number(found.allotted_before),
              after: format.number(found.allotted_after),
              cameras: format.number(found.cameras),
              rest: format.number(found.rest_after),
            })}
          </Text>
        )}
        {found && found.not_added.length > 0 && !problem && (
          <Text size="sm" c="dimmed">
            {t('not_added_hint')}
          </Text>
        )}
        <Textarea
          label={t('reason')}
          autosize
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {(failure || problem) && (
          <Text size="sm" c="red" role="alert">
            {failure || problem}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button loading={busy} disabled={Boolean(problem) || ready(parts).length === 0} onClick={() => void send()}>
            {t('allot')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

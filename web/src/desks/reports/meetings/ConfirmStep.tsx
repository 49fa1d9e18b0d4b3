import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, sentenceOf } from '@/api/client';
import type { Meeting } from '../types';

export type Step = 'begin' | 'end' | 'sign';

interface Props {
  meeting: Meeting;
  step: Step;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** Beginning freezes the agenda, signing the minutes: say so before it is done. */
export function ConfirmStep({ meeting, step, onClose, onDone }: Props) {
  const { t } = useTranslation('reports');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const send = async () => {
    setBusy(true);
    setFailure('');
    try {
      await api.post(`/review-meetings/${meeting.id}/${step}`, { edited_ms: meeting.edited_ms });
      await onDone();
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error));
      await onDone();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t(`step.${step}`)}>
      <Stack gap="md">
        <Text size="sm">{t(`step.${step}_consequence`)}</Text>
        {failure && <Alert color="red">{failure}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button data-autofocus loading={busy} onClick={() => void send()}>
            {t(`step.${step}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

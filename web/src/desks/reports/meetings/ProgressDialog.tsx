import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useFormat } from '@/kit';
import type { Decision } from '../types';

interface Props {
  decision: Decision;
  onClose: () => void;
  save: (call: () => Promise<unknown>) => Promise<boolean>;
}

/** What was done about a decision; or that it is open again. */
export function ProgressDialog({ decision, onClose, save }: Props) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const reopen = decision.state === 'done';
  const [done_note, setNote] = useState(decision.done_note);
  const [needed, setNeeded] = useState(false);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!reopen && !done_note.trim()) {
      setNeeded(true);
      return;
    }
    setBusy(true);
    const body = { state: reopen ? 'open' : 'done', done_note: done_note.trim(), edited_ms: decision.edited_ms };
    if (await save(() => api.post(`/review-decisions/${decision.id}/progress`, body))) onClose();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t(reopen ? 'decision.reopen' : 'decision.done')}>
      <Stack gap="md">
        <Text size="sm">{format.name(decision.text)}</Text>
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxLength={1000}
          label={t('decision.what_was_done')}
          value={done_note}
          error={needed ? t('decision.note_needed') : undefined}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button loading={busy} onClick={() => void send()}>
            {t(reopen ? 'decision.reopen' : 'decision.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

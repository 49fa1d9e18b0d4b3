import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';

interface Props {
  opened: boolean;
  title: string;
  /** What will happen, in a sentence. */
  consequence?: string;
  confirm: string;
  danger?: boolean;
  onClose: () => void;
  /** Rejects with an ApiError to keep the dialog open and show the sentence. */
  onConfirm: (reason: string) => Promise<unknown>;
}

/** Asks why before something that is written into history. What was typed stays until it is done. */
export function ReasonDialog({ opened, title, consequence, confirm, danger = false, onClose, onConfirm }: Props) {
  const { t } = useTranslation('kit');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const send = async () => {
    if (!reason.trim()) {
      setFailure(t('reason_dialog.needed'));
      return;
    }
    setBusy(true);
    setFailure('');
    try {
      await onConfirm(reason.trim());
      setReason('');
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md">
          {consequence && <Text size="sm">{consequence}</Text>}
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            label={t('reason_dialog.label')}
            description={t('reason_dialog.description')}
            value={reason}
            error={failure}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} {...(danger ? { color: 'red' } : {})}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, sentenceOf } from '@/api/client';

export type Errors = Record<string, string>;

interface Props {
  title: string;
  submit: string;
  /** Asks why, and hands it to onSend. */
  askWhy?: boolean;
  busy?: boolean;
  onClose: () => void;
  /** Rejects with an ApiError to keep the form open, its sentences beside the fields. */
  onSend: (why: string) => Promise<unknown>;
  children: (errors: Errors) => ReactNode;
}

/** A form over the page, the whole screen on a phone. What was typed stays until it has been taken. */
export function FormModal({ title, submit, askWhy = false, busy = false, onClose, onSend, children }: Props) {
  const { t } = useTranslation('kit');
  const onPhone = useMediaQuery('(max-width: 48em)') ?? false;
  const [why, setWhy] = useState('');
  const [sending, setSending] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setErrors({});
    setFailure('');
    try {
      await onSend(why.trim());
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg" fullScreen={onPhone}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          {children(errors)}
          {askWhy && (
            <Textarea
              autosize
              required
              label={t('reason_dialog.label')}
              description={t('reason_dialog.description')}
              value={why}
              error={errors.reason ?? errors.why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
          )}
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={sending} disabled={busy}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

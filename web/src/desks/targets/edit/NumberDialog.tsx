import { Button, Group, Modal, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { DateField } from '@/media';
import { useTargetName } from '../overview/PartsTable';
import type { TargetLine } from '../types';

/** Another number or day for a target: the earlier one stays readable. */
export function NumberDialog({
  line,
  onClose,
  onDone,
}: {
  line: TargetLine;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { t } = useTranslation('targets');
  const nameOf = useTargetName();
  const [cameras, setCameras] = useState<number | string>(line.cameras);
  const [due, setDue] = useState(line.due_on);
  const [setBy, setSetBy] = useState(line.set_by);
  const [source, setSource] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setFailure('');
    try {
      await api.post(`/targets/${line.id}/supersede`, {
        cameras: Number(cameras),
        kind: line.kind,
        due_on: due,
        set_by: setBy,
        source,
        reason,
      });
      await onDone();
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('change_title', { name: nameOf(line) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t(line.kind === 'total' ? 'kind_total_hint' : 'kind_additional_hint')}
          </Text>
          <NumberInput
            data-autofocus
            label={t('cameras')}
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            thousandsGroupStyle="lakh"
            value={cameras}
            onChange={setCameras}
            error={errors.cameras}
          />
          <DateField label={t('due')} value={due} onChange={setDue} error={errors.due_on} />
          <TextInput
            label={t('who_sets')}
            value={setBy}
            onChange={(event) => setSetBy(event.currentTarget.value)}
            error={errors.set_by}
          />
          <TextInput
            label={t('source')}
            placeholder={t('source_example')}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
            error={errors.source}
          />
          <Textarea
            label={t('reason')}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={errors.reason}
          />
          {failure && (
            <Text size="sm" c="red" role="alert">
              {failure}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Alert, Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { useDraft } from '@/kit';

interface Props {
  cameraId: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** Writing down an owner's consent. */
export function ConsentForm({ cameraId, onClose, onDone }: Props) {
  const { t } = useTranslation('registry');
  const blank = {
    given_by: '',
    given_on: new Date().toISOString().slice(0, 10),
    live: true,
    on_request: false,
    record: true,
    public_view_only: false,
    from: '',
    to: '',
    document_note: '',
    valid_to: '',
  };
  const { values, change, reset } = useDraft(`consent.${cameraId}`, blank);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const minutes = (text: string) => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    return hour * 60 + minute;
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      await api.post(`/cameras/${cameraId}/consents`, {
        given_by: values.given_by.trim(),
        given_on: values.given_on,
        scope: {
          live: values.live,
          on_request: values.live && values.on_request,
          record: values.record,
          public_view_only: values.public_view_only,
          hours: values.from && values.to ? [[minutes(values.from), minutes(values.to)]] : [],
        },
        // The last day counts to its end, in India.
        valid_to_ms: values.valid_to ? Date.parse(`${values.valid_to}T23:59:59+05:30`) : null,
        document_note: values.document_note.trim(),
      });
      reset(blank);
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
    <Modal opened onClose={onClose} title={t('permit.add_consent')}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('consent.given_by')}
            description={t('consent.given_by_hint')}
            error={errors.given_by}
            value={values.given_by}
            onChange={(event) => change({ given_by: event.currentTarget.value })}
          />
          <Group grow>
            <TextInput
              type="date"
              required
              label={t('consent.given_on')}
              error={errors.given_on}
              value={values.given_on}
              onChange={(event) => change({ given_on: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('consent.valid_to')}
              error={errors.valid_to_ms}
              value={values.valid_to}
              onChange={(event) => change({ valid_to: event.currentTarget.value })}
            />
          </Group>
          <Checkbox
            label={t('consent.live')}
            checked={values.live}
            onChange={(event) => change({ live: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('consent.on_request')}
            disabled={!values.live}
            checked={values.live && values.on_request}
            onChange={(event) => change({ on_request: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('consent.record')}
            checked={values.record}
            onChange={(event) => change({ record: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('consent.public_view_only')}
            checked={values.public_view_only}
            onChange={(event) => change({ public_view_only: event.currentTarget.checked })}
          />
          <Group grow>
            <TextInput
              type="time"
              label={t('consent.hours_from')}
              value={values.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('consent.hours_to')}
              value={values.to}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </Group>
          <TextInput
            label={t('consent.document_note')}
            description={t('consent.document_hint')}
            error={errors.document_note}
            value={values.document_note}
            onChange={(event) => change({ document_note: event.currentTarget.value })}
          />
          {failure && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {failure}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('consent.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Failure } from '../parts/Failure';
import { today } from '../parts/words';
import { useSend } from '../useSend';

type Live = 'yes' | 'on_request' | 'no';

interface Props {
  premisesId: string;
  onDone: () => Promise<unknown>;
  onClose: () => void;
}

/** A consent on paper, as its owner signed it: for all cameras of the premises. */
export function ConsentForm({ premisesId, onDone, onClose }: Props) {
  const { t } = useTranslation('programme');
  const { busy, errors, failure, send } = useSend();
  const [by, setBy] = useState('');
  const [day, setDay] = useState(today());
  const [live, setLive] = useState<Live>('yes');
  const [record, setRecord] = useState(true);
  const [publicOnly, setPublicOnly] = useState(false);
  const [until, setUntil] = useState('');
  const [paper, setPaper] = useState('');
  const submit = () =>
    send(async () => {
      await api.post(`/linking/premises/${premisesId}/consents`, {
        given_by: by.trim(),
        given_on: day,
        channel: 'paper',
        scope: { live, record, hours: [], public_view_only: publicOnly },
        document_note: paper.trim(),
        // The last day counts to its end, in India.
        ...(until ? { valid_to_ms: Date.parse(`${until}T23:59:59+05:30`) } : {}),
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
        <TextInput
          label={t('consent.given_by')}
          required
          value={by}
          error={errors.given_by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('consent.given_on')}
          required
          max={today()}
          value={day}
          error={errors.given_on}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Select
          label={t('consent.live')}
          data={(['yes', 'on_request', 'no'] as const).map((one) => ({ value: one, label: t(`consent.live_${one}`) }))}
          allowDeselect={false}
          value={live}
          error={errors['scope.live']}
          onChange={(next) => setLive((next ?? 'yes') as Live)}
        />
        <Checkbox
          label={t('consent.record')}
          checked={record}
          error={errors['scope.record']}
          onChange={(event) => setRecord(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('consent.public_only')}
          checked={publicOnly}
          onChange={(event) => setPublicOnly(event.currentTarget.checked)}
        />
        <TextInput
          type="date"
          label={t('consent.until')}
          description={t('consent.until_hint')}
          value={until}
          error={errors.valid_to_ms}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <TextInput
          label={t('consent.paper')}
          value={paper}
          error={errors.document_note}
          onChange={(event) => setPaper(event.currentTarget.value)}
        />
        <Failure>{failure}</Failure>
        <Group justify="flex-end">
          <Button size="xs" variant="default" onClick={onClose}>
            {t('kit:cancel')}
          </Button>
          <Button size="xs" type="submit" loading={busy}>
            {t('do.consent')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

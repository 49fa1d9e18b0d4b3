import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery } from '@/api/queries';
import { BilingualInput, useDraft, useFormat } from '@/kit';
import { changedFields } from '../camera/CameraForm';
import { PointPicker } from '../map/PointPicker';
import type { PremisesDetail } from '@/api/types';

interface Props {
  premises: PremisesDetail;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

export function PremisesForm({ premises, onClose, onDone }: Props) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const before = {
    name: premises.name,
    address: premises.address,
    owner_class: premises.owner_class.code,
    place_class: premises.place_class?.code ?? null,
    lat: premises.lat,
    lon: premises.lon,
  };
  const { values, change, reset } = useDraft(`premises.${premises.id}`, before);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const places = useQuery(codedQuery('place-classes')).data ?? [];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    setErrors({});
    try {
      await api.patch(`/premises/${premises.id}`, {
        ...changedFields(before, values),
        edited_ms: premises.edited_ms,
        reason: reason.trim(),
      });
      reset(values);
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
    <Modal opened onClose={onClose} size="lg" title={format.name(premises.name)}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <BilingualInput
            label={t('fact.name')}
            value={values.name}
            error={errors.name}
            onChange={(name) => change({ name })}
          />
          <BilingualInput
            label={t('premises.address')}
            value={values.address}
            error={errors.address}
            onChange={(address) => change({ address })}
          />
          <SimpleGrid cols={2} spacing="sm">
            <Select
              label={t('fact.owner_class')}
              data={owners.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.owner_class}
              error={errors.owner_class}
              onChange={(owner_class) => owner_class && change({ owner_class })}
              searchable
            />
            <Select
              label={t('fact.place_class')}
              data={places.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.place_class}
              error={errors.place_class}
              onChange={(place_class) => change({ place_class })}
              searchable
              clearable
            />
          </SimpleGrid>
          <PointPicker
            height={220}
            value={values.lon === null || values.lat === null ? null : [values.lon, values.lat]}
            onChange={([lon, lat]) => change({ lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) })}
          />
          <Textarea
            label={t('kit:reason_dialog.label')}
            description={t('kit:reason_dialog.description')}
            autosize
            error={errors.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
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
              {t('form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { KINDS, PLACEMENTS, type CameraDetail, type Name } from '@/api/types';
import { BilingualInput, useDraft, useFormat } from '@/kit';
import { PointPicker } from '../map/PointPicker';
import { WeekSchedule, type Stretch } from './WeekSchedule';

export const RECORD_MODES = ['continuous', 'on_event', 'schedule', 'none'] as const;

interface Values {
  name: Name;
  owner_class: string;
  place_class: string | null;
  department: string | null;
  jurisdiction: string;
  ward: string | null;
  kind: string;
  placement: string;
  lon: number;
  lat: number;
  bearing_deg: number | null;
  fov_deg: number | null;
  url: string;
  sub_url: string;
  transport: string;
  record_mode: string;
  record_schedule: Stretch[];
  pre_roll_s: number | null;
  post_roll_s: number | null;
  make: string;
  model: string;
  certificate_number: string;
  firmware_hash: string;
}

const valuesOf = (camera: CameraDetail): Values => ({
  name: camera.name,
  owner_class: camera.owner_class.code,
  place_class: camera.place_class?.code ?? null,
  department: camera.department?.code ?? null,
  jurisdiction: camera.jurisdiction.path,
  ward: camera.ward?.path ?? null,
  kind: camera.kind,
  placement: camera.placement,
  lon: camera.lon,
  lat: camera.lat,
  bearing_deg: camera.bearing_deg,
  fov_deg: camera.fov_deg,
  url: camera.url,
  sub_url: camera.sub_url,
  transport: camera.transport,
  record_mode: camera.record_mode,
  record_schedule: camera.record_schedule as Stretch[],
  pre_roll_s: camera.pre_roll_s,
  post_roll_s: camera.post_roll_s,
  make: camera.make,
  model: camera.model,
  certificate_number: camera.certificate_number,
  firmware_hash: camera.firmware_hash,
});

/** Only what differs: an untouched field is never written over somebody else's change. */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[])
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = after[key];
  return changed;
}

/** Editing a camera's row; kept while it is typed, written with a reason. */
export function CameraForm({ camera, onClose }: { camera: CameraDetail; onClose: () => void }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const client = useQueryClient();
  const before = valuesOf(camera);
  const { values, change, reset } = useDraft(`camera.${camera.id}`, before);
  // Never kept in storage: a draft must not hold a password.
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');

  const owners = useQuery(codedQuery('owner-classes')).data ?? [];
  const places = useQuery(codedQuery('place-classes')).data ?? [];
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const coded = (rows: { code: string; name: Name }[]) =>
    rows.map((row) => ({ value: row.code, label: format.name(row.name) }));
  const areasAt = (...levels: string[]) =>
    areas
      .filter(({ level }) => levels.includes(level))
      .map(({ path, name }) => ({ value: path, label: format.name(name) }));

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const changed: Record<string, unknown> = changedFields(before, values);
    if (username || password) Object.assign(changed, { username, password });
    if (Object.keys(changed).length === 0) {
      setFailure(t('form.nothing_changed'));
      return;
    }
    setBusy(true);
    setFailure('');
    setErrors({});
    try {
      await api.patch(`/cameras/${camera.id}`, { ...changed, edited_ms: camera.edited_ms, reason: reason.trim() });
      reset(values);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['camera', camera.id] }),
        client.invalidateQueries({ queryKey: ['history', `/cameras/${camera.id}/history`] }),
      ]);
      notifications.show({ message: t('form.saved') });
      onClose();
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  const text = (name: 'make' | 'model' | 'certificate_number' | 'firmware_hash' | 'url' | 'sub_url', label: string) => (
    <TextInput
      size="sm"
      label={t(`fact.${label}`)}
      error={errors[name]}
      value={values[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Modal opened onClose={onClose} size="xl" title={t('camera.edit_title', { name: format.name(camera.name) })}>
      <form onSubmit={(event) => void send(event)} noValidate>
        <Stack gap="sm">
          <BilingualInput
            label={t('fact.name')}
            value={values.name}
            error={errors.name}
            onChange={(name) => change({ name })}
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <Select
              label={t('fact.owner_class')}
              data={coded(owners)}
              value={values.owner_class}
              error={errors.owner_class}
              onChange={(value) => value && change({ owner_class: value })}
              searchable
            />
            <Select
              label={t('fact.place_class')}
              data={coded(places)}
              value={values.place_class}
              error={errors.place_class}
              onChange={(place_class) => change({ place_class })}
              searchable
              clearable
            />
            <Select
              label={t('fact.department')}
              data={coded(departments)}
              value={values.department}
              error={errors.department}
              onChange={(department) => change({ department })}
              searchable
              clearable
            />
            <Select
              label={t('fact.police_station')}
              data={areasAt('police_station', 'police_post')}
              value={values.jurisdiction}
              error={errors.jurisdiction}
              onChange={(value) => value && change({ jurisdiction: value })}
              searchable
            />
            <Select
              label={t('fact.ward')}
              data={areasAt('ward')}
              value={values.ward}
              error={errors.ward}
              onChange={(ward) => change({ ward })}
              searchable
              clearable
            />
            <Select
              label={t('fact.kind')}
              data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={values.kind}
              error={errors.kind}
              onChange={(kind) => kind && change({ kind })}
            />
            <Select
              label={t('fact.placement')}
              data={PLACEMENTS.map((one) => ({ value: one, label: t(`placement.${one}`) }))}
              value={values.placement}
              error={errors.placement}
              onChange={(placement) => placement && change({ placement })}
            />
            <NumberInput
              label={t('fact.bearing')}
              suffix="°"
              min={0}
              max={359}
              value={values.bearing_deg ?? ''}
              error={errors.bearing_deg}
              onChange={(value) => change({ bearing_deg: value === '' ? null : Number(value) })}
            />
            <NumberInput
              label={t('fact.field_of_view')}
              suffix="°"
              min={1}
              max={360}
              value={values.fov_deg ?? ''}
              error={errors.fov_deg}
              onChange={(value) => change({ fov_deg: value === '' ? null : Number(value) })}
            />
          </SimpleGrid>
          <PointPicker
            height={240}
            value={[values.lon, values.lat]}
            bearing_deg={values.bearing_deg}
            fov_deg={values.fov_deg}
            onChange={([lon, lat]) => change({ lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) })}
          />
          {text('url', 'address')}
          {text('sub_url', 'sub_address')}
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <TextInput
              label={t('form.username')}
              description={t('form.keep_credentials')}
              autoComplete="off"
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <TextInput
              label={t('form.password')}
              description={t('form.keep_credentials')}
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Select
              label={t('fact.transport')}
              data={['tcp', 'udp']}
              value={values.transport}
              error={errors.transport}
              onChange={(transport) => transport && change({ transport })}
            />
            <Select
              label={t('fact.recorded')}
              data={RECORD_MODES.map((mode) => ({ value: mode, label: t(`record.${mode}`) }))}
              value={values.record_mode}
              error={errors.record_mode}
              onChange={(record_mode) => record_mode && change({ record_mode })}
            />
            {values.record_mode === 'on_event' &&
              (['pre_roll_s', 'post_roll_s'] as const).map((name) => (
                <NumberInput
                  key={name}
                  label={t(`form.${name}`)}
                  description={t('form.by_rule')}
                  min={name === 'pre_roll_s' ? 0 : 1}
                  max={name === 'pre_roll_s' ? 60 : 600}
                  value={values[name] ?? ''}
                  error={errors[name]}
                  onChange={(value) => change({ [name]: value === '' ? null : Number(value) })}
                />
              ))}
            {text('make', 'make')}
            {text('model', 'model')}
            {text('certificate_number', 'certificate')}
            {text('firmware_hash', 'firmware')}
          </SimpleGrid>
          {values.record_mode === 'schedule' && (
            <WeekSchedule
              value={values.record_schedule}
              error={errors.record_schedule}
              onChange={(record_schedule) => change({ record_schedule })}
            />
          )}
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
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={() => reset(before)}>
              {t('form.discard')}
            </Button>
            <Group gap={8}>
              <Button variant="default" onClick={onClose}>
                {t('kit:cancel')}
              </Button>
              <Button type="submit" loading={busy}>
                {t('form.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

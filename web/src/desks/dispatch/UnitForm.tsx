import { Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '@/api/client';
import { codedQuery, jurisdictionsQuery } from '@/api/queries';
import { FormModal } from '@/desks/works/FormModal';
import { useDraft, useFormat } from '@/kit';
import { trackersQuery, unitQuery, useSkills } from './queries';
import { UNIT_KINDS, type Unit, type UnitKind } from './types';

const valuesOf = (unit?: Unit) => ({
  call_sign: unit?.call_sign ?? '',
  kind: unit?.kind ?? ('patrol_car' as UnitKind),
  agency: unit?.agency.code ?? 'police',
  jurisdiction: unit?.jurisdiction.path ?? '',
  skills: unit?.skills ?? [],
  capacity: unit?.capacity ?? 4,
  phone: unit?.phone ?? '',
  tracker_source: unit?.tracker_source ?? null,
  tracker: unit?.tracker ?? '',
  version: unit?.version ?? 0,
});

/** A new unit, or changes of one. */
export function UnitForm({ unit, onClose }: { unit?: Unit; onClose: () => void }) {
  const { t } = useTranslation('dispatch');
  const format = useFormat();
  const client = useQueryClient();
  const skills = useSkills();
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const trackers = useQuery(trackersQuery).data ?? [];
  const { values, change, reset } = useDraft(`unit.${unit?.id ?? 'new'}`, valuesOf(unit));
  const send = async (reason: string) => {
    const { agency, version, ...fields } = values;
    try {
      if (unit) await api.patch(`/units/${unit.id}`, { ...fields, version, reason });
      else await api.post('/units', { ...fields, agency, reason });
    } catch (error) {
      // What somebody else has done with it meanwhile does not lie under this form: sent again, it goes on top.
      const present = error instanceof ApiError && error.code === 'changed' ? (error.present as Unit) : null;
      if (present) change({ version: present.version });
      throw error;
    }
    reset(valuesOf(unit));
    void client.invalidateQueries({ queryKey: ['dispatch'] });
  };
  return (
    <FormModal
      askWhy
      title={unit ? t('form.edit_title', { unit: unit.call_sign }) : t('form.new')}
      submit={t('form.save')}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          <Group grow align="start">
            <TextInput
              required
              data-autofocus
              label={t('form.call_sign')}
              maxLength={40}
              value={values.call_sign}
              error={errors.call_sign}
              onChange={(event) => change({ call_sign: event.currentTarget.value })}
            />
            <Select
              required
              allowDeselect={false}
              label={t('form.kind')}
              data={UNIT_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
              value={values.kind}
              error={errors.kind}
              onChange={(next) => change({ kind: (next ?? 'patrol_car') as UnitKind })}
            />
          </Group>
          <Group grow align="start">
            <Select
              required
              allowDeselect={false}
              disabled={unit !== undefined}
              label={t('form.agency')}
              data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.agency}
              error={errors.agency}
              onChange={(next) => change({ agency: next ?? '' })}
            />
            <Select
              required
              searchable
              label={t('form.home')}
              data={areas.map((one) => ({ value: one.path, label: format.name(one.name) }))}
              value={values.jurisdiction || null}
              error={errors.jurisdiction}
              onChange={(next) => change({ jurisdiction: next ?? '' })}
            />
          </Group>
          <MultiSelect
            label={t('form.skills')}
            data={skills.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.skills}
            error={errors.skills}
            onChange={(next) => change({ skills: next })}
          />
          <Group grow align="start">
            <TextInput
              label={t('form.phone')}
              description={t('form.phone_hint')}
              maxLength={40}
              value={values.phone}
              error={errors.phone}
              onChange={(event) => change({ phone: event.currentTarget.value })}
            />
            <NumberInput
              label={t('form.capacity')}
              description={t('form.capacity_hint')}
              min={1}
              max={100}
              allowDecimal={false}
              value={values.capacity}
              error={errors.capacity}
              onChange={(next) => change({ capacity: Number(next) || 1 })}
            />
          </Group>
          <Group grow align="start">
            <Select
              clearable
              label={t('form.tracker_source')}
              data={trackers.map((one) => ({ value: one.id, label: one.name }))}
              value={values.tracker_source}
              error={errors.tracker_source}
              onChange={(next) => change({ tracker_source: next, tracker: next ? values.tracker : '' })}
            />
            <TextInput
              label={t('form.tracker')}
              maxLength={100}
              disabled={values.tracker_source === null}
              value={values.tracker}
              error={errors.tracker}
              onChange={(event) => change({ tracker: event.currentTarget.value })}
            />
          </Group>
        </>
      )}
    </FormModal>
  );
}

/** It is no unit any more; what it did stays. */
export function RetireDialog({ unit, onClose, onDone }: { unit: Unit; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('dispatch');
  const client = useQueryClient();
  return (
    <FormModal
      askWhy
      title={t('form.retire_title', { unit: unit.call_sign })}
      submit={t('form.retire')}
      onClose={onClose}
      onSend={async (reason) => {
        await api.post(`/units/${unit.id}/retire`, { version: unit.version, reason });
        client.removeQueries({ queryKey: unitQuery(unit.id).queryKey });
        void client.invalidateQueries({ queryKey: ['dispatch'] });
        onDone();
      }}
    >
      {() => t('form.retire_hint')}
    </FormModal>
  );
}

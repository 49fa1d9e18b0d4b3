import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormModal } from '@/desks/works/FormModal';
import { presentOf } from '@/api/client';
import { useDraft, useFormat } from '@/kit';
import { ConflictNote } from '../ConflictNote';
import { PlaceFields, type Place } from '../PlaceFields';
import { useKinds } from '../queries';
import { CHANNELS, SEVERITIES, type Incident } from '../types';
import { useWrite } from '../write';
import type { DialogProps } from './Dialogs';

interface Draft extends Place {
  kind: string;
  severity: string;
  title: string;
  description: string;
  channel: string;
  reporter_name: string;
  reporter_phone: string;
}

const draftOf = (one: Incident): Draft => ({
  kind: one.kind.code,
  severity: one.severity,
  title: one.title,
  description: one.description,
  channel: one.channel,
  reporter_name: one.reporter_name,
  reporter_phone: one.reporter_phone,
  point: one.lat === null || one.lon === null ? null : [one.lon, one.lat],
  address: one.address,
  jurisdiction: one.jurisdiction.path,
});

/** What was changed against the state that the form began with: that alone is sent, so others' fields stay theirs. */
export function changesOf(values: Draft, before: Draft): Record<string, unknown> {
  const { point, ...rest } = values;
  const changed: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).filter(([name, value]) => value !== before[name as keyof Draft]),
  );
  if (point && (point[0] !== before.point?.[0] || point[1] !== before.point?.[1]))
    Object.assign(changed, { lon: point[0], lat: point[1] });
  return changed;
}

export function Edit({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const kinds = useKinds();
  const {
    values: held,
    change,
    reset,
  } = useDraft(`incident.edit.${incident.id}`, {
    ...draftOf(incident),
    before: draftOf(incident),
    version: incident.version,
  });
  const { before, version, ...values } = held;
  const { patch, conflict } = useWrite(incident);
  const changes = changesOf(values, before);
  const asksWhy = 'kind' in changes || 'severity' in changes || 'jurisdiction' in changes;
  return (
    <FormModal
      askWhy={asksWhy}
      title={t('act.edit')}
      submit={t('save')}
      onClose={onClose}
      onSend={async (reason) => {
        try {
          // The version that the draft was begun with, also after a reload.
          if (Object.keys(changes).length > 0) await patch({ ...changes, version, reason });
        } catch (error) {
          const present = presentOf<Incident>(error);
          if (present) change({ version: present.version });
          throw error;
        }
        reset({ ...draftOf(incident), before: draftOf(incident), version: incident.version });
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              searchable
              allowDeselect={false}
              label={t('field.kind')}
              data={kinds
                .filter((one) => one.active || one.code === values.kind)
                .map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.kind}
              error={errors.kind}
              onChange={(next) => change({ kind: next ?? values.kind })}
            />
            <Select
              allowDeselect={false}
              label={t('field.severity')}
              data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
              value={values.severity}
              error={errors.severity}
              onChange={(next) => change({ severity: next ?? values.severity })}
            />
          </SimpleGrid>
          <TextInput
            label={t('field.title')}
            maxLength={200}
            value={values.title}
            error={errors.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <Textarea
            autosize
            label={t('field.description')}
            maxLength={8000}
            value={values.description}
            error={errors.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <PlaceFields value={values} errors={errors} onChange={change} />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <Select
              allowDeselect={false}
              label={t('field.channel')}
              data={CHANNELS.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
              value={values.channel}
              onChange={(next) => change({ channel: next ?? values.channel })}
            />
            <TextInput
              label={t('field.reporter_name')}
              maxLength={200}
              value={values.reporter_name}
              error={errors.reporter_name}
              onChange={(event) => change({ reporter_name: event.currentTarget.value })}
            />
            <TextInput
              type="tel"
              label={t('field.reporter_phone')}
              maxLength={40}
              value={values.reporter_phone}
              error={errors.reporter_phone}
              onChange={(event) => change({ reporter_phone: event.currentTarget.value })}
            />
          </SimpleGrid>
        </>
      )}
    </FormModal>
  );
}

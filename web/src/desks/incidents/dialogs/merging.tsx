import { Checkbox, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import { FormModal } from '@/desks/works/FormModal';
import { newId, useDraft, useFormat } from '@/kit';
import { ConflictNote } from '../ConflictNote';
import classes from '../incidents.module.css';
import { incidentQuery, timelineQuery, useKinds } from '../queries';
import { SEVERITIES, type Incident, type IncidentRow } from '../types';
import { useTitle } from '../Marks';
import { useWrite } from '../write';
import type { DialogProps } from './Dialogs';

/** This becomes part of another one, which lives on with its alarms, agencies and time line. */
export function Merge({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const title = useTitle();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [sought] = useDebouncedValue(typed, 250);
  const [into, setInto] = useState<string | null>(null);
  const { data: rows = [] } = useQuery({
    queryKey: ['incidents', 'for merging', sought],
    queryFn: async () =>
      (await api.get<Page<IncidentRow>>('/incidents', { q: sought, limit: 50, sort: 'newest' })).items,
  });
  const { post, conflict } = useWrite(incident);
  const fit = rows.filter((row) => row.id !== incident.id && row.merged_into === null);
  return (
    <FormModal
      askWhy
      title={t('act.merge')}
      submit={t('act.merge')}
      onClose={onClose}
      onSend={async (reason) => {
        // As it is now: between choosing it here and sending, it may have been worked on, which is no conflict of ours.
        const other = into ? await api.get<Incident>(`/incidents/${into}`) : null;
        await post('/merge', { into, into_version: other?.version ?? 1, reason });
        if (into) void navigate(`/incidents/${into}`);
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Text size="sm">{t('merge.what', { number: incident.number })}</Text>
          <Select
            required
            searchable
            data-autofocus
            label={t('merge.into')}
            description={t('merge.into_hint')}
            data={fit.map((row) => ({ value: row.id, label: `${row.number} · ${title(row)}` }))}
            filter={({ options }) => options}
            value={into}
            error={errors.into}
            searchValue={typed}
            onSearchChange={setTyped}
            onChange={setInto}
          />
        </>
      )}
    </FormModal>
  );
}

/** Chosen alarms and notes begin an incident of their own. */
export function Split({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const navigate = useNavigate();
  const kinds = useKinds().filter((one) => one.active);
  const notes = (useQuery(timelineQuery(incident.id)).data?.items ?? []).filter((one) => one.kind === 'note');
  const first = {
    key: newId(),
    kind: incident.kind.code,
    severity: incident.severity as string,
    title: '',
    alarms: [] as string[],
    notes: [] as string[],
  };
  const { values, change, reset } = useDraft(`incident.split.${incident.id}`, first);
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      askWhy
      title={t('act.split')}
      submit={t('act.split')}
      onClose={onClose}
      onSend={async (reason) => {
        const made = await post('/split', { ...values, title: values.title.trim(), reason });
        reset({ ...first, key: newId() });
        if (made) void navigate(`/incidents/${made.id}`);
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Text size="sm">{t('split.what')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              searchable
              allowDeselect={false}
              label={t('field.kind')}
              data={kinds.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.kind}
              error={errors.kind}
              onChange={(next) => change({ kind: next ?? values.kind })}
            />
            <Select
              allowDeselect={false}
              label={t('field.severity')}
              data={SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
              value={values.severity}
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
          {incident.alarms.length > 0 && (
            <Checkbox.Group
              label={t('split.alarms')}
              value={values.alarms}
              error={errors.alarms}
              onChange={(alarms) => change({ alarms })}
            >
              <Stack gap={6} mt={6} className={classes.choices ?? ''}>
                {incident.alarms.map((one) => (
                  <Checkbox
                    key={one.id}
                    size="sm"
                    value={one.id}
                    disabled={one.handling.state === 'closed'}
                    label={`${format.name(one.name)} · ${format.when(one.first_ms)}`}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          {notes.length > 0 && (
            <Checkbox.Group
              label={t('split.notes')}
              value={values.notes}
              error={errors.notes}
              onChange={(chosen) => change({ notes: chosen })}
            >
              <Stack gap={6} mt={6} className={classes.choices ?? ''}>
                {notes.map((one) => (
                  <Checkbox
                    key={one.id}
                    size="sm"
                    value={one.id}
                    label={`${format.when(one.happened_ms)} · ${one.text.slice(0, 120)}`}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
        </>
      )}
    </FormModal>
  );
}

/** It was another thing after all. */
export function Unmerge({ incident, merge, onClose }: DialogProps & { merge: string }) {
  const { t } = useTranslation('incidents');
  const client = useQueryClient();
  return (
    <FormModal
      askWhy
      title={t('act.unmerge')}
      submit={t('act.unmerge')}
      onClose={onClose}
      onSend={async (reason) => {
        const { queryKey } = incidentQuery(incident.id);
        const version = (client.getQueryData(queryKey) ?? incident).version;
        const now = await api.post<Incident>(`/incident-merges/${merge}/undo`, { version, reason });
        client.setQueryData(queryKey, now);
        await client.invalidateQueries({ queryKey: ['incident'] });
      }}
    >
      {() => <Text size="sm">{t('merge.undo_what')}</Text>}
    </FormModal>
  );
}

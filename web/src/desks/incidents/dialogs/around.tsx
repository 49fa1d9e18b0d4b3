import { Select, Switch, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { codedQuery } from '@/api/queries';
import { FormModal } from '@/desks/works/FormModal';
import { useDraft, useFormat } from '@/kit';
import { ConflictNote } from '../ConflictNote';
import { workersQuery } from '../queries';
import { useWrite } from '../write';
import type { DialogProps } from './Dialogs';

function useAgencies(without: string[]) {
  const format = useFormat();
  const found = useQuery(codedQuery('agencies')).data ?? [];
  return found
    .filter((one) => one.active !== false && !without.includes(one.code))
    .map((one) => ({ value: one.code, label: format.name(one.name) }));
}

/** Another agency is asked to lead; it sees the incident from then on and answers. */
export function Handover({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const agencies = useAgencies([incident.agency.code]);
  const { values, change, reset } = useDraft(`incident.handover.${incident.id}`, { to_agency: '', note: '' });
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      title={t('act.handover')}
      submit={t('handover.offer')}
      onClose={onClose}
      onSend={async () => {
        await post('/handover', { to_agency: values.to_agency, note: values.note.trim() });
        reset({ to_agency: '', note: '' });
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Text size="sm">{t('handover.what')}</Text>
          <Select
            required
            data-autofocus
            label={t('handover.to')}
            data={agencies}
            value={values.to_agency || null}
            error={errors.to_agency}
            onChange={(next) => change({ to_agency: next ?? '' })}
          />
          <Textarea
            autosize
            required
            minRows={3}
            label={t('handover.note')}
            description={t('handover.note_hint')}
            maxLength={1000}
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

/** Of the agency that was asked. Whoever refuses may see the incident no more. */
export function Answer({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const navigate = useNavigate();
  const { values, change, reset } = useDraft(`incident.answer.${incident.id}`, { accept: true, note: '' });
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      title={t('handover.answer')}
      submit={t(values.accept ? 'handover.accept' : 'handover.refuse')}
      onClose={onClose}
      onSend={async () => {
        const now = await post('/handover/answer', { accept: values.accept, note: values.note.trim() });
        reset({ accept: true, note: '' });
        if (now === null) void navigate('/incidents');
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Text size="sm">{incident.handovers[0]?.note}</Text>
          <Switch
            label={t('handover.accept')}
            checked={values.accept}
            onChange={(event) => change({ accept: event.currentTarget.checked })}
          />
          <Textarea
            autosize
            required={!values.accept}
            label={t(values.accept ? 'handover.answer_note' : 'handover.why_not')}
            maxLength={1000}
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

export function AddAgency({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const agencies = useAgencies(incident.agencies);
  const { values, change, reset } = useDraft(`incident.agency.${incident.id}`, { agency: '', note: '' });
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      title={t('act.add_agency')}
      submit={t('act.add_agency')}
      onClose={onClose}
      onSend={async () => {
        await post('/agencies', { agency: values.agency, note: values.note.trim() });
        reset({ agency: '', note: '' });
      }}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Text size="sm">{t('agencies.what')}</Text>
          <Select
            required
            data-autofocus
            label={t('field.agency_one')}
            data={agencies}
            value={values.agency || null}
            error={errors.agency}
            onChange={(next) => change({ agency: next ?? '' })}
          />
          <Textarea
            autosize
            label={t('agencies.note')}
            maxLength={400}
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

export function Assign({ incident, onClose }: DialogProps) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const { data = [], error } = useQuery(workersQuery(incident.id));
  const [person, setPerson] = useState<string | null>(null);
  const [inCharge, setInCharge] = useState(false);
  const { post, conflict } = useWrite(incident);
  return (
    <FormModal
      title={t('act.assign')}
      submit={t('act.assign')}
      onClose={onClose}
      onSend={() => post('/people', { person, in_charge: inCharge })}
    >
      {(errors) => (
        <>
          {conflict && <ConflictNote conflict={conflict} />}
          <Select
            required
            searchable
            data-autofocus
            label={t('people.person')}
            data={data.map((one) => ({
              value: one.id,
              label: [one.name, format.name(one.agency?.name)].filter(Boolean).join(' · '),
            }))}
            value={person}
            error={errors.person ?? (error ? t('people.unreadable') : undefined)}
            onChange={setPerson}
          />
          <Switch
            label={t('people.in_charge')}
            checked={inCharge}
            onChange={(event) => setInCharge(event.currentTarget.checked)}
          />
        </>
      )}
    </FormModal>
  );
}

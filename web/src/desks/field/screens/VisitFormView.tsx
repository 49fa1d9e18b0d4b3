import { Alert, Button, NativeSelect, Radio, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Name } from '@/api/types';
import { useDraft, useFormat } from '@/kit';
import { newId } from '@/kit/upload';
import classes from '../field.module.css';
import type { StoredPicture, StoredVisit } from '../offline/db';
import { lastPosition } from '../offline/position';
import { save, useField } from '../offline/store';
import { localDay } from '../offline/time';
import type { DayPremises, FoundCamera, Outcome, Place, VisitForm } from '../types';
import { ConsentFields, type ConsentValues } from './ConsentFields';
import { Pictures, type Picture } from './Pictures';
import { SignaturePad } from './SignaturePad';
import { SurveyFields } from './SurveyFields';

interface Props {
  name: Name;
  premises?: DayPremises;
  place?: Place;
  outcome: Outcome;
  /** One that the centre refused. */
  mended?: StoredVisit;
  onSaved?: () => void;
}

interface Values extends ConsentValues {
  note: string;
  met: string;
  reason: string;
  promised_for: string;
  cost_borne_by: 'owner' | 'department' | 'scheme';
  come_again_on: string;
  cameras: FoundCamera[];
}

const WEEK = 7;

function fresh(form?: VisitForm): Values {
  const scope = form?.scope;
  return {
    note: form?.note ?? '',
    met: form?.met ?? '',
    reason: form?.reason ?? '',
    promised_for: form?.promised_for ?? localDay(WEEK * 2),
    cost_borne_by: form?.cost_borne_by || 'owner',
    come_again_on: form?.come_again_on ?? localDay(1),
    given_by: form?.given_by ?? '',
    live: scope?.live ?? 'yes',
    record: scope?.record ?? true,
    public_view_only: scope?.public_view_only ?? true,
    hours: scope?.hours ?? [],
    cameras: form?.cameras ?? [],
  };
}

/** What belongs to an outcome, and no more; saved on the phone by one tap. */
export function VisitFormView({ name, premises, place, outcome, mended, onSaved }: Props) {
  const { t } = useTranslation('field');
  const format = useFormat();
  const navigate = useNavigate();
  const { person, day } = useField();
  const draft = useDraft<Values>(`field.${premises?.id ?? place?.id ?? ''}.${outcome}`, fresh(mended?.form));
  const { values, change } = draft;
  const [pictures, setPictures] = useState<Picture[]>([]);
  const [signature, setSignature] = useState<Blob | null>(null);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const kept = mended?.form.files ?? [];

  const missing = () => {
    if (outcome === 'refused' && !values.reason) return t('need.reason');
    if (outcome === 'consented' && !values.given_by.trim()) return t('need.given_by');
    const papers =
      signature !== null || [...pictures, ...kept].some(({ use }) => use === 'form' || use === 'signature');
    if (outcome === 'consented' && !papers) return t('need.papers');
    if (outcome === 'consented' && values.live === 'no' && !values.record) return t('need.scope');
    if (outcome === 'surveyed' && values.cameras.length === 0) return t('need.cameras');
    return '';
  };

  const store = async () => {
    const wrong = missing();
    setFailure(wrong);
    if (wrong || !person) return;
    setBusy(true);
    try {
      const id = mended?.id ?? newId();
      const taken: Picture[] = signature
        ? [...pictures, { key: newId(), use: 'signature', blob: signature }]
        : pictures;
      const stored: StoredPicture[] = await Promise.all(
        taken.map(async ({ key, use, blob }) => ({
          key,
          use,
          visit_id: id,
          bytes: await blob.arrayBuffer(),
          type: blob.type,
          sent: false,
        })),
      );
      const form = { ...formOf(outcome, values), id } as VisitForm;
      const here = lastPosition();
      await save(
        {
          id,
          person_id: person.id,
          name,
          state: 'waiting',
          form: {
            ...form,
            premises_id: place ? null : premises?.id,
            place: place ?? null,
            seen_ms: mended?.form.seen_ms ?? (place ? null : day?.as_of_ms),
            made_at_ms: mended?.form.made_at_ms ?? Date.now(),
            lat: mended?.form.lat ?? here?.lat ?? null,
            lon: mended?.form.lon ?? here?.lon ?? null,
            accuracy_m: mended?.form.accuracy_m ?? here?.accuracy_m ?? null,
            files: [...kept, ...stored.map(({ key, use }) => ({ key, use }))],
          },
        },
        stored,
      );
      draft.reset(fresh());
      onSaved?.();
      // Taps go through it: the next premises may lie beneath.
      const style = { pointerEvents: 'none' as const };
      notifications.show({ message: t('saved'), color: 'teal', autoClose: 1500, withCloseButton: false, style });
      // Consent is often followed by the survey, at the same door.
      const next = outcome === 'consented' ? `/field/p/${premises?.id ?? place?.id}` : '/field';
      void navigate(next, { replace: true });
    } catch (error) {
      setFailure(error instanceof DOMException && error.name === 'QuotaExceededError' ? t('full') : t('not_saved'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <section className={classes.section}>
        <Text size="sm" c="dimmed">
          {format.name(name)}
        </Text>
        <Title order={1} size="h4">
          {t(`outcome.${outcome}`)}
        </Title>
        {mended?.message && (
          <Alert color="red" mt="sm">
            {format.name(mended.message)}
          </Alert>
        )}
      </section>
      <Stack className={classes.section} gap="md">
        {outcome === 'refused' && (
          <Radio.Group
            label={t('form.reason')}
            value={values.reason}
            onChange={(reason) => change({ reason })}
            withAsterisk
          >
            <Stack gap={12} mt={8}>
              {day?.refusal_reasons.map((one) => (
                <Radio key={one.code} value={one.code} label={format.name(one.name)} size="md" />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {outcome === 'promised' && (
          <>
            <TextInput
              type="date"
              size="md"
              label={t('form.promised_for')}
              min={localDay()}
              value={values.promised_for}
              onChange={(event) => change({ promised_for: event.currentTarget.value })}
            />
            <NativeSelect
              size="md"
              label={t('form.cost_borne_by')}
              value={values.cost_borne_by}
              onChange={(event) => change({ cost_borne_by: event.currentTarget.value as Values['cost_borne_by'] })}
              data={(['owner', 'department', 'scheme'] as const).map((one) => ({
                value: one,
                label: t(`pays.${one}`),
              }))}
            />
          </>
        )}
        {outcome === 'come_again' && (
          <TextInput
            type="date"
            size="md"
            label={t('form.come_again_on')}
            min={localDay(1)}
            value={values.come_again_on}
            onChange={(event) => change({ come_again_on: event.currentTarget.value })}
          />
        )}
        {outcome === 'consented' && (
          <>
            <ConsentFields values={values} onChange={change} />
            <SignaturePad onChange={setSignature} />
          </>
        )}
        {outcome === 'surveyed' && (
          <SurveyFields cameras={values.cameras} onChange={(cameras) => change({ cameras })} />
        )}
        {!['closed', 'not_found', 'consented'].includes(outcome) && (
          <TextInput
            size="md"
            label={t('form.met')}
            value={values.met}
            maxLength={120}
            onChange={(event) => change({ met: event.currentTarget.value })}
          />
        )}
        <Textarea
          size="md"
          label={t('form.note')}
          autosize
          minRows={2}
          maxLength={400}
          value={values.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Pictures
          uses={outcome === 'consented' ? ['form', 'photo'] : ['photo']}
          pictures={pictures}
          onChange={setPictures}
        />
        {kept.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('form.kept', { count: kept.length, number: format.number(kept.length) })}
          </Text>
        )}
      </Stack>
      <div className={classes.foot}>
        {failure && (
          <Text size="sm" c="var(--alarm)" mb={8} role="alert">
            {failure}
          </Text>
        )}
        <Button fullWidth size="lg" loading={busy} data-save onClick={() => void store()}>
          {t('save')}
        </Button>
      </div>
    </>
  );
}

/** Only what the outcome is about: a field that was typed for another one is not sent. */
function formOf(outcome: Outcome, values: Values): Partial<VisitForm> {
  const { live, record, hours, public_view_only } = values;
  const empty = {
    outcome,
    note: values.note.trim(),
    met: values.met.trim(),
    reason: '',
    promised_for: null,
    cost_borne_by: '' as const,
    come_again_on: null,
    given_by: '',
    scope: null,
    cameras: [],
  };
  switch (outcome) {
    case 'refused':
      return { ...empty, reason: values.reason };
    case 'promised':
      return { ...empty, promised_for: values.promised_for, cost_borne_by: values.cost_borne_by };
    case 'come_again':
      return { ...empty, come_again_on: values.come_again_on };
    case 'consented':
      return { ...empty, given_by: values.given_by.trim(), scope: { live, record, hours, public_view_only } };
    case 'surveyed':
      return { ...empty, cameras: values.cameras };
    default:
      return empty;
  }
}

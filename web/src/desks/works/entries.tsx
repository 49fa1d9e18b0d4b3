import { SimpleGrid, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '@/api/client';
import { BilingualInput, FileInput, newId, useFormat, type StoredFile } from '@/kit';
import { dayMs, today } from './days';
import { FormModal } from './FormModal';
import { reasonsQuery } from './queries';
import type { Delay, Entry, PackageDetail } from './types';

interface Props {
  row: PackageDetail;
  onClose: () => void;
}

function useReread() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['works'] });
}

/** So much was done on a day; or what an earlier entry should have said. Large enough for a thumb on a site. */
export function ProgressForm({ row, corrects, onClose }: Props & { corrects?: Entry | undefined }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const reread = useReread();
  const [key] = useState(newId);
  const [quantity, setQuantity] = useState(corrects ? String(corrects.quantity) : '');
  const [day, setDay] = useState(corrects?.done_on ?? today());
  const [note, setNote] = useState('');
  const [over, setOver] = useState<string | null>(null);
  const [photos, setPhotos] = useState<StoredFile[]>([]);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    try {
      await api.post(`/works/packages/${row.id}/progress`, {
        key,
        quantity: quantity.replaceAll(',', ''),
        done_on: day,
        note,
        over_reason: over ?? '',
        corrects: corrects?.id ?? null,
        photo_ids: photos.map((photo) => photo.id),
      });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'more_than_planned') setOver((before) => before ?? '');
      throw error;
    }
    await reread();
  };
  return (
    <FormModal
      title={t(corrects ? 'progress.correct' : 'progress.enter')}
      submit={t('save')}
      busy={busy}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              data-autofocus
              size="md"
              label={t('form.quantity_in', { unit: format.name(row.unit) })}
              description={
                corrects
                  ? t('progress.instead', { number: format.number(corrects.quantity, row.decimals) })
                  : t('progress.so_far', {
                      done: format.number(row.done, row.decimals),
                      planned: format.number(row.plan.quantity, row.decimals),
                    })
              }
              required
              inputMode="decimal"
              value={quantity}
              error={errors.quantity ?? errors.corrects}
              onChange={(event) => setQuantity(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              size="md"
              label={t('progress.day')}
              description={t('progress.day_hint')}
              required
              max={today()}
              value={day}
              error={errors.done_on}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          </SimpleGrid>
          {over !== null && (
            <Textarea
              label={t('progress.over')}
              required
              autosize
              value={over}
              error={errors.over_reason}
              onChange={(event) => setOver(event.currentTarget.value)}
            />
          )}
          <Textarea
            label={t(corrects ? 'progress.wrong' : 'fact.note')}
            required={corrects !== undefined}
            autosize
            value={note}
            error={errors.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <FileInput
            label={t('progress.photos')}
            most={10}
            value={photos}
            onChange={setPhotos}
            onBusy={setBusy}
            {...(errors.files ? { error: errors.files } : {})}
          />
        </>
      )}
    </FormModal>
  );
}

/** Work stands still, or stood; or an end for a delay that is known. */
export function DelayForm({ row, delay, onClose }: Props & { delay?: Delay | undefined }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const reread = useReread();
  const reasons = useQuery(reasonsQuery).data ?? [];
  const [key] = useState(newId);
  const [values, setValues] = useState({
    reason: delay?.reason.code ?? '',
    first_day: delay?.first_day ?? today(),
    last_day: delay?.last_day ?? (delay ? today() : ''),
    note: delay?.note ?? '',
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const send = async (why: string) => {
    const body = { ...values, last_day: values.last_day || null };
    if (delay) await api.patch(`/works/delays/${delay.id}`, { ...body, why, edited_ms: delay.edited_ms });
    else await api.post(`/works/packages/${row.id}/delays`, { ...body, key });
    await reread();
  };
  return (
    <FormModal
      title={t(delay ? 'delay.edit' : 'delay.enter')}
      submit={t('save')}
      askWhy={delay !== undefined}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          <Select
            label={t('delay.because')}
            required
            data={reasons.filter((one) => one.active).map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.reason || null}
            error={delay ? undefined : errors.reason}
            onChange={(reason) => reason && change({ reason })}
          />
          <SimpleGrid cols={2} spacing="sm">
            <TextInput
              type="date"
              label={t('delay.first_day')}
              required
              max={today()}
              value={values.first_day}
              error={errors.first_day}
              onChange={(event) => change({ first_day: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('delay.last_day')}
              description={t('delay.last_day_hint')}
              value={values.last_day}
              error={errors.last_day}
              onChange={(event) => change({ last_day: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Textarea
            label={t('fact.note')}
            autosize
            value={values.note}
            error={errors.note}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
}

/** Another quantity or other dates from now on; the baseline stays. */
export function PlanForm({ row, onClose }: Props) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const reread = useReread();
  const [values, setValues] = useState({
    quantity: String(row.plan.quantity),
    start: row.plan.start,
    end: row.plan.end,
  });
  const change = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const send = async (reason: string) => {
    await api.post(`/works/packages/${row.id}/revisions`, { ...values, reason, edited_ms: row.edited_ms });
    await reread();
  };
  return (
    <FormModal title={t('plan.revise')} submit={t('save')} askWhy onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <div>
            {t('plan.baseline', {
              quantity: format.number(row.baseline.quantity, row.decimals),
              unit: format.name(row.unit),
              start: format.date(dayMs(row.baseline.start)),
              end: format.date(dayMs(row.baseline.end)),
            })}
          </div>
          <TextInput
            label={t('form.quantity_in', { unit: format.name(row.unit) })}
            required
            inputMode="decimal"
            value={values.quantity}
            error={errors.quantity}
            onChange={(event) => change({ quantity: event.currentTarget.value })}
          />
          <SimpleGrid cols={2} spacing="sm">
            {(['start', 'end'] as const).map((name) => (
              <TextInput
                key={name}
                type="date"
                label={t(`fact.${name}`)}
                required
                value={values[name]}
                error={errors[name]}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
        </>
      )}
    </FormModal>
  );
}

export function MilestoneForm({ row, onClose }: Props) {
  const { t } = useTranslation('works');
  const reread = useReread();
  const [name, setName] = useState({ en: '', hi: '' });
  const [due, setDue] = useState(row.plan.end);
  const send = async () => {
    await api.post(`/works/packages/${row.id}/milestones`, { name, due_on: due });
    await reread();
  };
  return (
    <FormModal title={t('milestone.new')} submit={t('save')} onClose={onClose} onSend={send}>
      {(errors) => (
        <>
          <BilingualInput
            label={t('fact.name')}
            required
            value={name}
            error={errors['name.en'] ?? errors.name}
            onChange={setName}
          />
          <TextInput
            type="date"
            label={t('milestone.due')}
            required
            value={due}
            error={errors.due_on}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
}

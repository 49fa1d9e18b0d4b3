import { Alert, Button, Group, Modal, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import { codedQuery, jurisdictionsQuery, useMe } from '@/api/queries';
import { BilingualInput, useDraft, useFormat } from '@/kit';
import { DateField } from '@/media';
import type { Meeting } from '../types';

const EMPTY = {
  jurisdiction: '',
  agency: '',
  title: { en: 'Review meeting of camera linking', hi: 'कैमरा एकीकरण की समीक्षा बैठक' },
  day: '',
  time: '11:00',
  place: '',
  chair_name: '',
  chair_post: { en: '', hi: '' },
  departments: [] as string[],
};

/** Calls a meeting: when, where, who chairs it, which departments. */
export function NewMeeting({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const me = useMe();
  const areas = useQuery(jurisdictionsQuery()).data ?? [];
  const agencies = useQuery(codedQuery('agencies')).data ?? [];
  const departments = useQuery(codedQuery('departments')).data ?? [];
  const { values, change, reset } = useDraft(`new-meeting:${me?.id ?? ''}`, EMPTY);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const { day, time, ...rest } = values;
    const starts_ms = Date.parse(`${day}T${time}:00+05:30`);
    if (Number.isNaN(starts_ms)) {
      setErrors({ starts_ms: t('meeting.day_needed') });
      return;
    }
    setBusy(true);
    setErrors({});
    setFailure('');
    try {
      const made = await api.post<Meeting>('/review-meetings', { ...rest, starts_ms });
      reset(EMPTY);
      await client.invalidateQueries({ queryKey: ['review-meetings'] });
      void navigate(`/meetings/${made.id}`);
    } catch (problem) {
      setErrors(fieldErrors(problem));
      setFailure(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('meeting.new')} size="lg">
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          <BilingualInput
            label={t('meeting.name')}
            required
            value={values.title}
            error={errors['title.hi'] ?? errors['title.en']}
            onChange={(title) => change({ title })}
          />
          <Group grow align="flex-start">
            <Select
              label={t('area')}
              searchable
              required
              data={areas.map((one) => ({ value: one.path, label: `${format.name(one.name)} (${one.path})` }))}
              value={values.jurisdiction || null}
              error={errors.jurisdiction}
              onChange={(jurisdiction) => change({ jurisdiction: jurisdiction ?? '' })}
            />
            <Select
              label={t('agency')}
              clearable
              placeholder={t('all_agencies')}
              data={agencies.map((one) => ({ value: one.code, label: format.name(one.name) }))}
              value={values.agency || null}
              error={errors.agency}
              onChange={(agency) => change({ agency: agency ?? '' })}
            />
          </Group>
          <Group grow align="flex-start">
            <DateField
              label={t('meeting.day')}
              required
              value={values.day}
              error={errors.starts_ms}
              onChange={(day) => change({ day })}
            />
            <TextInput
              label={t('meeting.time')}
              type="time"
              required
              value={values.time}
              onChange={(event) => change({ time: event.currentTarget.value })}
            />
          </Group>
          <TextInput
            label={t('meeting.place')}
            value={values.place}
            error={errors.place}
            onChange={(event) => change({ place: event.currentTarget.value })}
          />
          <TextInput
            label={t('meeting.chair')}
            required
            value={values.chair_name}
            error={errors.chair_name}
            onChange={(event) => change({ chair_name: event.currentTarget.value })}
          />
          <BilingualInput
            label={t('meeting.chair_post')}
            value={values.chair_post}
            onChange={(chair_post) => change({ chair_post })}
          />
          <MultiSelect
            label={t('meeting.departments')}
            searchable
            data={departments.map((one) => ({ value: one.code, label: format.name(one.name) }))}
            value={values.departments}
            error={errors.departments}
            onChange={(chosen) => change({ departments: chosen })}
          />
          {failure && <Alert color="red">{failure}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit:cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('meeting.call')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

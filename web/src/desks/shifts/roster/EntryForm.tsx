import { Alert, Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiError } from '@/api/client';
import { FormModal } from '@/desks/works/FormModal';
import { ReasonDialog, useFormat } from '@/kit';
import { clockOf, DAY_MS, dayOf, momentOf } from '../days';
import { peopleQuery, postsQuery, SHIFTS } from '../queries';
import type { Entry } from '../types';

interface Props {
  entry: Entry | null;
  /** Id of the post, "" to choose one. */
  post: string;
  from_ms: number;
  onClose: () => void;
}

/** One turn of the roster: made, changed, cancelled. */
export function EntryForm({ entry, post: given, from_ms, onClose }: Props) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  const client = useQueryClient();
  const posts = (useQuery(postsQuery).data ?? []).filter((one) => one.active);
  const [post, setPost] = useState<string | null>(given || null);
  const people = useQuery({ ...peopleQuery(post ?? ''), enabled: post !== null }).data ?? [];
  const [person, setPerson] = useState<string | null>(entry?.person.id ?? null);
  const [day, setDay] = useState(dayOf(from_ms));
  const [from, setFrom] = useState(entry ? clockOf(entry.from_ms) : '06:00');
  const [to, setTo] = useState(entry ? clockOf(entry.to_ms) : '14:00');
  const [note, setNote] = useState(entry?.note ?? '');
  const [seen, setSeen] = useState(entry);
  const [present, setPresent] = useState<Entry | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const begins = momentOf(day, from);
  const ends = momentOf(day, to) + (to <= from ? DAY_MS : 0);
  const published = entry?.published ?? false;

  const send = async (reason: string) => {
    const body = { person, from_ms: begins, to_ms: ends, note };
    try {
      if (seen) await api.put(`/roster/${seen.id}`, { ...body, reason, version: seen.version });
      else await api.post('/roster', { ...body, post });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'changed' && error.present) {
        setPresent(error.present as Entry);
        setSeen(error.present as Entry);
      }
      throw error;
    }
    await client.invalidateQueries({ queryKey: SHIFTS });
  };
  if (cancelling && entry)
    return (
      <ReasonDialog
        opened
        danger
        title={t('entry.cancel_title', { name: entry.person.name })}
        consequence={t(published ? 'entry.cancel_published' : 'entry.cancel_draft')}
        confirm={t('entry.cancel')}
        onClose={onClose}
        onConfirm={async (reason) => {
          await api.post(`/roster/${entry.id}/cancel`, { reason, version: seen?.version });
          await client.invalidateQueries({ queryKey: SHIFTS });
        }}
      />
    );
  return (
    <FormModal
      askWhy={published}
      title={t(entry ? 'entry.edit' : 'entry.add')}
      submit={t('entry.save')}
      busy={!post || !person || Number.isNaN(begins) || Number.isNaN(ends)}
      onClose={onClose}
      onSend={send}
    >
      {(errors) => (
        <>
          {present && (
            <Alert color="yellow" variant="outline" p="xs">
              {t('entry.present', {
                name: present.person.name,
                from: format.dateTime(present.from_ms),
                to: format.time(present.to_ms, false),
              })}
            </Alert>
          )}
          <Select
            required
            label={t('post')}
            disabled={entry !== null}
            data={posts.map((one) => ({ value: one.id, label: format.name(one.name) }))}
            value={post}
            error={errors.post}
            onChange={setPost}
          />
          <Select
            required
            searchable
            label={t('entry.person')}
            nothingFoundMessage={t('nobody')}
            data={people.map((one) => ({ value: one.id, label: one.name }))}
            value={person}
            error={errors.person}
            onChange={setPerson}
          />
          <Group grow>
            <TextInput
              required
              type="date"
              label={t('entry.day')}
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <TextInput
              required
              type="time"
              label={t('entry.from')}
              value={from}
              error={errors.from_ms}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              required
              type="time"
              label={t('entry.to')}
              description={to <= from ? t('entry.next_day') : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={to}
              error={errors.to_ms}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </Group>
          <TextInput
            label={t('entry.note')}
            value={note}
            error={errors.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {entry && (
            <Button
              variant="subtle"
              color="red"
              size="xs"
              style={{ alignSelf: 'start' }}
              onClick={() => setCancelling(true)}
            >
              {t('entry.cancel')}
            </Button>
          )}
        </>
      )}
    </FormModal>
  );
}

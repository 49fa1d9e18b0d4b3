import { Button, Group, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, sentenceOf } from '@/api/client';
import {
  ErrorState,
  FileInput,
  FileView,
  LoadingRows,
  newId,
  useDraft,
  useFormat,
  useShortcut,
  type StoredFile,
} from '@/kit';
import classes from '../incidents.module.css';
import { timelineQuery } from '../queries';
import type { Entry, Incident } from '../types';

const LATE_MS = 60_000;

/** Append-only, newest first, under the box in which the next note is written. */
export function Timeline({ incident }: { incident: Incident }) {
  const { t } = useTranslation('incidents');
  const { data, error, refetch } = useQuery(timelineQuery(incident.id));
  return (
    <>
      <h2 className={classes.heading}>{t('part.timeline')}</h2>
      {incident.may.work && <NoteBox incident={incident} />}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows />
      ) : (
        <ol className={classes.timeline} aria-label={t('part.timeline')}>
          {data.items.map((one) => (
            <EntryRow key={one.id} entry={one} incident={incident} />
          ))}
        </ol>
      )}
    </>
  );
}

function EntryRow({ entry, incident }: { entry: Entry; incident: Incident }) {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const isNote = entry.kind === 'note';
  return (
    <li className={classes.entry} data-kind={entry.kind}>
      <time title={format.dateTime(entry.happened_ms)}>{format.when(entry.happened_ms)}</time>
      <div>
        {!isNote && <div>{format.name(entry.said)}</div>}
        {entry.text && <div className={isNote ? classes.noteText : classes.entryText}>{entry.text}</div>}
        {entry.files.length > 0 && (
          <FileView
            base={`/api/v1/incidents/${incident.id}/files`}
            files={entry.files.map(({ id, kind, name }) => ({ id, kind, name }))}
          />
        )}
        <div className={classes.faint}>
          {[
            entry.by || t('centre'),
            entry.number && t('timeline.of', { number: entry.number }),
            entry.entered_ms - entry.happened_ms > LATE_MS &&
              t('timeline.entered', { time: format.when(entry.entered_ms) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
    </li>
  );
}

interface Draft {
  key: string;
  text: string;
  files: StoredFile[];
}

function NoteBox({ incident }: { incident: Incident }) {
  const { t } = useTranslation('incidents');
  const client = useQueryClient();
  const box = useRef<HTMLTextAreaElement>(null);
  const { values, change, reset } = useDraft<Draft>(`incident.note.${incident.id}`, {
    key: newId(),
    text: '',
    files: [],
  });
  const [withFiles, setWithFiles] = useState(values.files.length > 0);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  useShortcut('n', t('note.write'), () => box.current?.focus());
  const send = async () => {
    if (!values.text.trim()) return;
    setBusy(true);
    setFailure(null);
    try {
      await api.post(`/incidents/${incident.id}/notes`, {
        key: values.key,
        text: values.text.trim(),
        files: values.files.map((file) => file.id),
      });
      reset({ key: newId(), text: '', files: [] });
      setWithFiles(false);
      await client.invalidateQueries({ queryKey: ['incident', incident.id] });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.noteBox}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        ref={box}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={8000}
        aria-label={t('note.write')}
        placeholder={t('note.placeholder')}
        value={values.text}
        error={fieldErrors(failure).text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void send();
          }
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {withFiles && (
        <FileInput
          label={t('note.files')}
          kinds={['image', 'pdf', 'video']}
          value={values.files}
          onChange={(files) => change({ files })}
          onBusy={setBusy}
        />
      )}
      {failure !== null && (
        <p className={classes.problem} role="alert">
          {sentenceOf(failure)}
        </p>
      )}
      <Group justify="space-between" gap={8}>
        <Button size="compact-sm" variant="subtle" onClick={() => setWithFiles(!withFiles)}>
          {t('note.attach')}
        </Button>
        <Button size="compact-sm" type="submit" loading={busy} disabled={!values.text.trim()}>
          {t('note.send')}
        </Button>
      </Group>
    </form>
  );
}

import { Alert, Button, Group, Radio, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fieldErrors, presentOf, sentenceOf } from '@/api/client';
import { useDraft, useFormat, useShortcut } from '@/kit';
import { changesNothing, draftOf, onForm, typedInto, type AnswerDraft } from './answering';
import classes from './citizens.module.css';
import { CitizenSees } from './CitizenSees';
import { reportQuery } from './queries';
import { ANSWER_MOST, STATES, type Report, type ReportState } from './types';

/** State and sentence that the citizen reads. What is typed outlives a reload, a closed page and another's answer. */
export function AnswerForm({ report }: { report: Report }) {
  const { t } = useTranslation('citizens');
  const client = useQueryClient();
  const draft = useDraft<AnswerDraft>(`citizens.answer.${report.id}`, draftOf(report));
  const form = onForm(report, draft.values, draft.dirty);
  const [conflict, setConflict] = useState<Report | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const type = (part: Partial<Pick<AnswerDraft, 'state' | 'answer'>>) =>
    draft.change(typedInto(report, draft.dirty, part));
  const forget = () => {
    draft.reset(draftOf(report));
    setConflict(null);
    setFailure(null);
  };
  const send = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const now = await api.post<Report>(`/citizen-reports/${report.id}/answer`, form);
      client.setQueryData(reportQuery(report.id).queryKey, now);
      void client.invalidateQueries({ queryKey: ['citizens'] });
      draft.reset(draftOf(now));
      setConflict(null);
      notifications.show({ message: t('answer.sent', { number: report.number }) });
    } catch (error) {
      const present = presentOf<Report>(error);
      if (present) {
        // Now the writer sees it: sent again, theirs stands on top of it.
        draft.change({ ...form, version: present.version });
        setConflict(present);
        client.setQueryData(reportQuery(report.id).queryKey, present);
      } else setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const ready = report.may.answer && !busy && !changesNothing(report, form);
  useShortcut('a', t('answer.write'), () => box.current?.focus(), report.may.answer);
  useShortcut('mod+Enter', t('answer.send'), () => void send(), ready);
  const errors = fieldErrors(failure);
  return (
    <section>
      <h3 className={classes.heading}>{t('answer.title')}</h3>
      {report.may.answer ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void send();
          }}
        >
          <Radio.Group
            aria-label={t('answer.state')}
            value={form.state}
            onChange={(next) => type({ state: next as ReportState })}
          >
            <Group gap={16}>
              {STATES.map((one) => (
                <Radio key={one} size="xs" value={one} label={t(`state.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
          <Textarea
            ref={box}
            autosize
            minRows={2}
            maxLength={ANSWER_MOST}
            label={t('answer.sentence')}
            description={t('answer.sentence_hint')}
            value={form.answer}
            error={errors.answer}
            onChange={(event) => type({ answer: event.currentTarget.value })}
          />
          {conflict && <Conflict present={conflict} />}
          <CitizenSees report={{ ...report, state: form.state, answer: form.answer.trim() }} />
          {failure !== null && !errors.answer && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {sentenceOf(failure)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            {draft.dirty && (
              <Button size="xs" variant="subtle" onClick={forget}>
                {t('answer.forget')}
              </Button>
            )}
            <Button type="submit" size="xs" loading={busy} disabled={!ready && !busy}>
              {t(conflict ? 'answer.send_over' : 'answer.send')}
            </Button>
          </Group>
        </form>
      ) : (
        <CitizenSees report={report} />
      )}
      <Earlier report={report} />
    </section>
  );
}

/** What somebody else has written while this one was being typed. */
function Conflict({ present }: { present: Report }) {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  const by = present.told[0];
  return (
    <Alert color="yellow" variant="outline" p="xs" role="alert" title={t('conflict.title')}>
      <p className={classes.theirs}>
        {by && `${by.by}, ${format.when(by.at_ms)}: `}
        <b>{t(`state.${present.state}`)}</b>
        {present.answer && ` · “${present.answer}”`}
      </p>
      {t('conflict.yours_kept')}
    </Alert>
  );
}

/** All that the citizen was told, newest first. */
function Earlier({ report }: { report: Report }) {
  const { t } = useTranslation('citizens');
  const format = useFormat();
  if (report.told.length === 0) return null;
  return (
    <>
      <Text size="xs" c="dimmed" mt="sm">
        {t('answer.earlier')}
      </Text>
      <ol className={classes.rows} aria-label={t('answer.earlier')}>
        {report.told.map((one) => (
          <li key={one.at_ms}>
            <span className={classes.facts}>
              {format.when(one.at_ms)} · {one.by}
            </span>{' '}
            <b>{t(`state.${one.state}`)}</b>
            {one.answer && ` · ${one.answer}`}
          </li>
        ))}
      </ol>
    </>
  );
}

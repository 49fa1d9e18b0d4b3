import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, sentenceOf } from '@/api/client';
import { useFormat } from '@/kit';
import type { Act, Conflict } from './acts';
import classes from './alarms.module.css';
import { SeverityMark } from './Mark';
import { assigneesQuery } from './queries';
import { SEVERITIES, VERDICTS, type AlarmRow, type Verdict } from './types';

type Send = (act: Act, rows: AlarmRow[], body?: Record<string, unknown>) => Promise<boolean>;
interface DialogProps {
  rows: AlarmRow[];
  send: Send;
  onClose: () => void;
}

const PREVIEWED = 5;

/** What is about to be changed: how many of which severity, and the first of them. */
export function Preview({ rows }: { rows: AlarmRow[] }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const counts = SEVERITIES.map(
    (severity) => [severity, rows.filter((row) => row.severity === severity).length] as const,
  );
  return (
    <div>
      {rows.length > 1 && (
        <Group gap={12} mb={6}>
          {counts
            .filter(([, count]) => count > 0)
            .map(([severity, count]) => (
              <Group key={severity} gap={5}>
                <SeverityMark severity={severity} />
                <Text size="sm">
                  {format.number(count)} {t(`severity.${severity}`)}
                </Text>
              </Group>
            ))}
        </Group>
      )}
      <ul className={classes.preview}>
        {rows.slice(0, PREVIEWED).map((row) => (
          <li key={row.id}>
            <SeverityMark severity={row.severity} size={11} />
            <span>{format.name(row.name)}</span>
            <span className={classes.muted}>
              {[format.name(row.camera?.name), format.when(row.first_ms)].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {rows.length > PREVIEWED && (
        <Text size="xs" c="dimmed">
          {t('and_more', { count: rows.length - PREVIEWED, number: format.number(rows.length - PREVIEWED) })}
        </Text>
      )}
    </div>
  );
}

function ActDialog({
  act,
  rows,
  send,
  onClose,
  body,
  children,
  danger = false,
}: DialogProps & {
  act: Act;
  body: () => Record<string, unknown>;
  children?: (errors: Record<string, string>) => ReactNode;
  danger?: boolean;
}) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await send(act, rows, body());
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const errors = fieldErrors(failure);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(`ask.${act}`, { count: rows.length, number: format.number(rows.length) })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Preview rows={rows} />
          {children?.(errors)}
          {failure !== null && Object.keys(errors).length === 0 && (
            <Text size="sm" c="red" role="alert">
              {sentenceOf(failure)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              {...(danger ? { color: 'red' } : {})}
              {...(children ? {} : { 'data-autofocus': true })}
            >
              {t(`act.${act}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function AcknowledgeDialog(props: DialogProps) {
  return <ActDialog {...props} act="acknowledge" body={() => ({})} />;
}

export function CloseDialog(props: DialogProps) {
  const { t } = useTranslation('alarms');
  const [verdict, setVerdict] = useState<Verdict>(props.rows.every((row) => row.test) ? 'test' : 'true');
  const [reason, setReason] = useState('');
  return (
    <ActDialog {...props} act="close" body={() => ({ verdict, reason })}>
      {(errors) => (
        <>
          <SegmentedControl
            fullWidth
            aria-label={t('verdict_label')}
            value={verdict}
            onChange={(next) => setVerdict(next as Verdict)}
            data={VERDICTS.map((one) => ({ value: one, label: t(`verdict.${one}`) }))}
          />
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            required
            label={t('reason')}
            value={reason}
            error={errors.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey) {
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            }}
          />
        </>
      )}
    </ActDialog>
  );
}

/** Two ways to give an alarm to somebody else: to a person or a post, or up the levels. */
export function PassOnDialog(props: DialogProps) {
  const { t } = useTranslation('alarms');
  const [way, setWay] = useState<'assign' | 'escalate'>('assign');
  const [person, setPerson] = useState<string | null>(null);
  const [post, setPost] = useState('');
  const [note, setNote] = useState('');
  const people = useQuery(assigneesQuery(props.rows[0]?.id ?? '')).data ?? [];
  const body = () => (way === 'escalate' ? { reason: note } : post && !person ? { post, note } : { person, note });
  return (
    <ActDialog {...props} act={way} body={body}>
      {(errors) => (
        <>
          <SegmentedControl
            fullWidth
            value={way}
            onChange={(next) => setWay(next as typeof way)}
            data={(['assign', 'escalate'] as const).map((one) => ({ value: one, label: t(`way.${one}`) }))}
          />
          {way === 'assign' ? (
            <Group grow align="start">
              <Select
                data-autofocus
                searchable
                clearable
                label={t('to_person')}
                placeholder={t('choose')}
                data={people.map((one) => ({ value: one.id, label: one.name }))}
                value={person}
                error={errors.person}
                onChange={setPerson}
              />
              <TextInput
                label={t('to_post')}
                value={post}
                disabled={person !== null}
                error={errors.post}
                onChange={(event) => setPost(event.currentTarget.value)}
              />
            </Group>
          ) : (
            <Text size="sm">{t('escalate_hint')}</Text>
          )}
          <Textarea
            autosize
            minRows={2}
            label={t(way === 'escalate' ? 'reason' : 'note')}
            required={way === 'escalate'}
            value={note}
            error={errors.reason ?? errors.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

/** Somebody was quicker: what stands there now, and what can be done about the rest. */
export function ConflictDialog({ conflict, send, onClose }: { conflict: Conflict; send: Send; onClose: () => void }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const { act, present, rest, body } = conflict;
  const open = present.filter(({ handling }) => handling.state !== 'closed' && handling.state !== 'in_incident');
  const goOn = (rows: AlarmRow[]) => {
    onClose();
    void send(act, rows, body);
  };
  const title = t('conflict.title', { count: present.length, number: format.number(present.length) });
  return (
    <Modal opened onClose={onClose} size="lg" title={title}>
      <Stack gap="md">
        <ul className={classes.preview} data-conflict>
          {present.slice(0, PREVIEWED).map((row) => (
            <li key={row.id}>
              <SeverityMark severity={row.severity} size={11} />
              <span>{format.name(row.name)}</span>
              <b>{t(`state.${row.handling.state}`)}</b>
              <span className={classes.muted}>
                {[
                  row.handling.closed?.by ?? row.handling.assignee?.name ?? row.handling.acknowledged?.by,
                  row.handling.note,
                ]
                  .filter(Boolean)
                  .join(': ')}
              </span>
            </li>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('conflict.leave')}
          </Button>
          {open.length > 0 && (
            <Button variant="default" onClick={() => goOn([...rest, ...open])}>
              {t(`conflict.all_the_same.${act}`)}
            </Button>
          )}
          {rest.length > 0 && (
            <Button onClick={() => goOn(rest)}>
              {t('conflict.rest', { count: rest.length, number: format.number(rest.length) })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

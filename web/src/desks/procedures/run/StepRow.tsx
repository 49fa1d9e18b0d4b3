import { ActionIcon, Button, Group, Textarea, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCheck,
  IconCircle,
  IconCircleDotted,
  IconHourglass,
  IconPlayerSkipForward,
  IconRobot,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, fieldErrors, sentenceOf } from '@/api/client';
import { remaining } from '@/desks/incidents/clock';
import { useDraft, useFormat, useNow, useShortcut } from '@/kit';
import classes from '../procedures.module.css';
import { StepFacts, StepInput, useAnswer, type Answer } from '../StepView';
import type { Run, RunStep } from '../types';
import { useRun } from './useRun';

interface Props {
  step: RunStep;
  run: Run;
  incident: string;
  isNext: boolean;
  hidden: boolean;
}

/** One step: done in one line with who and when; the next one open; others open by a click. */
export function StepRow({ step: { step, ...row }, run, incident, isNext, hidden }: Props) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const answer = useAnswer();
  const [wanted, setWanted] = useState(false);
  const open = row.state === 'open' && row.standing === 'applies' && run.may_work && (isNext || wanted);
  const { send } = useRun(incident);
  const [failure, setFailure] = useState('');
  if (hidden) return null;
  const undo = () =>
    send(`/procedure-runs/${run.id}/steps/${step.id}/undo`, { version: row.version }).catch((error: unknown) =>
      setFailure(sentenceOf(error)),
    );
  const Icon =
    row.state === 'done'
      ? IconCheck
      : row.state === 'skipped'
        ? IconPlayerSkipForward
        : row.standing === 'waits'
          ? IconCircleDotted
          : IconCircle;
  const said = row.state === 'skipped' ? row.reason : answer(step, row.value);
  return (
    <li className={classes.step} data-state={row.state} data-standing={row.standing} data-next={isNext || undefined}>
      <Icon size={16} className={classes.stepIcon} aria-label={t(`step_state.${row.state}`)} />
      <div>
        <button
          type="button"
          className={classes.stepTitle}
          disabled={row.state !== 'open' || row.standing !== 'applies' || !run.may_work || isNext}
          aria-expanded={open}
          onClick={() => setWanted(!wanted)}
        >
          {format.name(step.title)}
          {!step.required && <span className={classes.faint}> · {t('optional')}</span>}
        </button>
        {row.state !== 'open' && (
          <div className={classes.faint}>
            {[
              said,
              format.name(row.outcome),
              row.automatic === 'by_hand' && t('by_hand'),
              row.by || t('by_itself'),
              row.at_ms && format.time(row.at_ms),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        )}
        {row.state === 'open' && <Remaining row={row} seconds={step.seconds} />}
        {open && <Open key={row.version} step={{ step, ...row }} run={run} incident={incident} isNext={isNext} />}
        {failure && (
          <p className={classes.problem} role="alert">
            {failure}
          </p>
        )}
      </div>
      {row.state !== 'open' && run.may_work && row.automatic !== 'done' && (
        <Tooltip label={t('undo')}>
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label={t('undo_step', { step: format.name(step.title) })}
            onClick={() => void undo()}
          >
            <IconArrowBackUp size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

/** The time that is left, of the step and of its timer. */
function Remaining({ row, seconds }: { row: Omit<RunStep, 'step'>; seconds: number | null }) {
  const { t } = useTranslation('procedures');
  const now = useNow();
  const timer = row.timer_ms !== null && seconds !== null ? row.timer_ms + seconds * 1000 : null;
  const shown = [
    row.due_ms !== null && row.standing === 'applies' && { key: 'limit', at: row.due_ms },
    timer !== null && { key: 'timer', at: timer },
  ].filter((one) => one !== false);
  if (shown.length === 0) return null;
  return (
    <div className={classes.times}>
      {shown.map(({ key, at }) => (
        <span key={key} data-over={at <= now || undefined}>
          <IconHourglass size={12} aria-hidden />{' '}
          {t(at > now ? `left.${key}` : `over.${key}`, { length: remaining(at - now) })}
        </span>
      ))}
    </div>
  );
}

function Open({
  step: { step, ...row },
  run,
  incident,
  isNext,
}: {
  step: RunStep;
  run: Run;
  incident: string;
  isNext: boolean;
}) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const { values, change, reset } = useDraft<{ value: Answer; reason: string }>(`procedure.${run.id}.${step.id}`, {
    value: null,
    reason: '',
  });
  const [skipping, setSkipping] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const box = useRef<HTMLDivElement>(null);
  const { send } = useRun(incident);
  const errors = fieldErrors(error);
  const act = async (what: 'do' | 'skip' | 'begin', body: Record<string, unknown> = {}) => {
    setBusy(true);
    setError(null);
    try {
      await send(`/procedure-runs/${run.id}/steps/${step.id}/${what}`, { version: row.version, ...body });
      if (what !== 'begin') reset({ value: null, reason: '' });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const finish = (value: Answer = values.value) => void act('do', { value });
  const ticks = step.kind === 'confirm' || step.kind === 'timer' || step.kind === 'automatic';
  useShortcut(
    'd',
    t('keys.do'),
    () => {
      if (ticks) finish(null);
      else box.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
    },
    isNext && run.may_work,
  );
  useShortcut('k', t('keys.skip'), () => setSkipping(true), isNext && run.may_work);
  const queued = row.automatic === 'queued';
  return (
    <div className={classes.open} ref={box}>
      <StepFacts step={step} />
      {row.outcome && <p className={classes.outcome}>{format.name(row.outcome)}</p>}
      <StepInput
        step={step}
        value={values.value}
        errors={errors}
        onChange={(value) => change({ value })}
        onChosen={finish}
      />
      {error !== null && (
        <p className={classes.problem} role="alert">
          {error instanceof ApiError && error.code === 'changed' ? t('changed') : sentenceOf(error)}
        </p>
      )}
      {skipping && (
        <Textarea
          autosize
          autoFocus
          size="xs"
          label={t(step.required ? 'skip.reason_required' : 'skip.reason')}
          maxLength={400}
          value={values.reason}
          error={errors.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      )}
      <Group gap={6}>
        {step.kind === 'automatic' && row.available && (
          <Button
            size="compact-sm"
            leftSection={<IconRobot size={14} />}
            loading={busy || queued}
            onClick={() => void act('begin')}
          >
            {t(row.automatic === 'failed' ? 'automatic.again' : 'automatic.run')}
          </Button>
        )}
        {step.kind === 'timer' && (
          <Button size="compact-sm" variant="default" loading={busy} onClick={() => void act('begin')}>
            {t(row.timer_ms === null ? 'timer.begin' : 'timer.again')}
          </Button>
        )}
        {step.kind !== 'choose' && !queued && (
          <Tooltip label={isNext ? `${t('keys.do')}  D` : t('keys.do')}>
            <Button
              size="compact-sm"
              variant={step.kind === 'automatic' && row.available ? 'default' : 'filled'}
              loading={busy}
              onClick={() => finish()}
            >
              {t(step.kind === 'automatic' ? 'automatic.by_hand' : 'done')}
            </Button>
          </Tooltip>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            if (skipping || !step.required) void act('skip', { reason: values.reason.trim() });
            else setSkipping(true);
          }}
        >
          {t('skip.button')}
        </Button>
      </Group>
    </div>
  );
}

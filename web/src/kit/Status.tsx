import { useTranslation } from 'react-i18next';
import type { Status } from '@/api/types';
import classes from './Status.module.css';

/** Each state has a shape of its own, drawn in a 12 x 12 box; the map draws the same shapes. */
export const STATUS_SHAPES: Record<Status, { path: string; hollow?: boolean }> = {
  live: { path: 'M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6Z' },
  stalled: { path: 'M6 1.3 11.3 10.7H.7Z' },
  offline: { path: 'M1.8 1.8H10.2V10.2H1.8Z' },
  no_consent: { path: 'M6 .7 11.3 6 6 11.3 .7 6Z' },
  unknown: { path: 'M6 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8Z', hollow: true },
};

export function StatusIcon({ status, size = 12 }: { status: Status; size?: number }) {
  const shape = STATUS_SHAPES[status] ?? STATUS_SHAPES.unknown;
  return (
    <svg className={classes.icon} data-status={status} width={size} height={size} viewBox="0 0 12 12" aria-hidden>
      <path
        d={shape.path}
        fill={shape.hollow ? 'none' : 'currentColor'}
        stroke={shape.hollow ? 'currentColor' : 'none'}
        strokeWidth={1.8}
      />
    </svg>
  );
}

/** Shape and word of a state and, when there is one, its reason. */
export function StatusWord({
  status,
  reason,
  withReason = false,
}: {
  status: Status;
  reason?: string;
  withReason?: boolean;
}) {
  const { t } = useTranslation('kit');
  return (
    <span className={classes.word} data-status={status} title={reason ? t(`reason.${reason}`) : undefined}>
      <StatusIcon status={status} />
      {t(`status.${status}`)}
      {withReason && reason ? <span className={classes.reason}>· {t(`reason.${reason}`)}</span> : null}
    </span>
  );
}

/** A filled dot while frames reach the disk, a ring for a camera that should be recorded and is not. */
export function RecordingMark({ recorded, recording }: { recorded: boolean; recording: boolean }) {
  const { t } = useTranslation('kit');
  if (!recorded && !recording) return null;
  return (
    <span
      className={recording ? classes.recording : classes.idle}
      title={t(recording ? 'recording.now' : 'recording.stopped')}
      aria-label={t(recording ? 'recording.now' : 'recording.stopped')}
      role="img"
    >
      <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden>
        <circle cx={6} cy={6} r={5} fill="none" stroke="currentColor" strokeWidth={1.4} />
        {recording && <circle cx={6} cy={6} r={2.8} fill="currentColor" />}
      </svg>
    </span>
  );
}

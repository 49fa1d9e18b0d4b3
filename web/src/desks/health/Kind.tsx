import { IconAlertTriangleFilled, IconInfoCircle, IconPointFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from './health.module.css';
import type { EpisodeEssentials } from './types';

const SHAPES = { 3: IconAlertTriangleFilled, 2: IconPointFilled, 1: IconInfoCircle } as const;
export const SEVERITY_COLOURS = { 3: 'var(--alarm)', 2: 'var(--stalled)', 1: 'var(--muted)' } as const;
export type Severity = keyof typeof SHAPES;
export const severityOf = (value: number): Severity => (value === 3 || value === 2 ? value : 1);

/** How bad it is: shape and colour, and a word for those who see neither. */
export function SeverityMark({ severity }: { severity: number }) {
  const { t } = useTranslation('health');
  const level = severityOf(severity);
  const Shape = SHAPES[level];
  return (
    <Shape
      size={14}
      className={classes.mark}
      color={SEVERITY_COLOURS[level]}
      role="img"
      aria-label={t(`severity.${level}`)}
    />
  );
}

/** What was measured, against what is allowed: "82 % (limit 70 %)". */
export function useMeasured() {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (episode: EpisodeEssentials): string => {
    if (episode.value === null || episode.limit === null || episode.limit === 0) return '';
    const unit = episode.kind === 'clock_off' || episode.kind === 'recording_gap' ? 'seconds' : 'percent';
    return t(`measured.${unit}`, { value: format.number(episode.value), limit: format.number(episode.limit, 1) });
  };
}

/** What the engine says was the reason, as a sentence; tampering names the kind that it was. */
export function useReason() {
  const { t, i18n } = useTranslation(['health', 'kit']);
  return (reason: string): string => {
    if (!reason) return '';
    for (const key of [`health:kind.${reason}`, `kit:reason.${reason}`]) if (i18n.exists(key)) return t(key as never);
    return reason;
  };
}

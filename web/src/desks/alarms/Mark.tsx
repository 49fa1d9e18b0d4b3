import { useTranslation } from 'react-i18next';
import classes from './alarms.module.css';
import type { Severity } from './types';

/** Each severity has a shape of its own, so that colour is not all there is to tell them by. */
const SHAPES: Record<Severity, string> = {
  critical: 'M4 .8H8L11.2 4V8L8 11.2H4L.8 8V4Z',
  high: 'M6 .9 11.5 10.9H.5Z',
  medium: 'M6 .7 11.3 6 6 11.3 .7 6Z',
  low: 'M6 1.6a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8Z',
};

/** pulse: nobody has taken it. Nothing else in the console moves by itself. */
export function SeverityMark({
  severity,
  size = 14,
  pulse = false,
}: {
  severity: Severity;
  size?: number;
  pulse?: boolean;
}) {
  const { t } = useTranslation('alarms');
  return (
    <svg
      className={classes.mark}
      data-severity={severity}
      data-pulse={pulse || undefined}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      role="img"
      aria-label={t(`severity.${severity}`)}
    >
      <path d={SHAPES[severity]} fill="currentColor" />
    </svg>
  );
}

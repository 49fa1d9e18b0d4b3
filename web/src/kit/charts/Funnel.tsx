import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/kit/useFormat';
import classes from './charts.module.css';

export interface FunnelStep {
  id: string;
  label: string;
  value: number;
  /** Median days from the step before. */
  days?: number | null;
  /** Who left at this step, and why: "Refused 312". */
  losses?: { label: string; value: number; to?: string }[];
  to?: string;
}

/** Steps one under the other, each as wide as its share of the first; what was lost and how long it took beside it. */
export function Funnel({ label, steps }: { label: string; steps: FunnelStep[] }) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const first = Math.max(1, ...steps.map((step) => step.value));
  return (
    <ol className={classes.funnel} aria-label={label}>
      {steps.map((step, index) => {
        const before = steps[index - 1]?.value;
        const share = before ? (step.value / before) * 100 : null;
        return (
          <li key={step.id}>
            <span className={classes.barLabel}>{step.to ? <Link to={step.to}>{step.label}</Link> : step.label}</span>
            <span className={classes.track} aria-hidden>
              <span className={classes.fill} style={{ width: `${(step.value / first) * 100}%` }} />
            </span>
            <span className={classes.barNote}>
              <strong>{format.number(step.value)}</strong>
              {share !== null && <span> {t('percent', { number: format.number(share) })}</span>}
            </span>
            <span className={classes.losses}>
              {typeof step.days === 'number' && (
                <span>{t('after_days', { count: step.days, number: format.number(step.days, 1) })}</span>
              )}
              {step.losses
                ?.filter((loss) => loss.value > 0)
                .map((loss) => (
                  <span key={loss.label} className={classes.lost}>
                    − {loss.to ? <Link to={loss.to}>{loss.label}</Link> : loss.label} {format.number(loss.value)}
                  </span>
                ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

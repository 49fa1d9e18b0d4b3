import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from './works.module.css';

/** Done as a bar, the plan as a mark on it, both written. */
export function ShareBar({ done, planned }: { done: number; planned: number }) {
  const { t } = useTranslation('works');
  const format = useFormat();
  const percent = (share: number) => `${format.number(share * 100)}%`;
  return (
    <span className={classes.share} title={t('share_title', { done: percent(done), planned: percent(planned) })}>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          style={{ width: `${Math.min(100, done * 100)}%` }}
          data-behind={done < planned - 0.05 || undefined}
        />
        <span className={classes.mark} style={{ left: `${Math.min(100, planned * 100)}%` }} />
      </span>
      <span className={classes.percent}>{percent(done)}</span>
    </span>
  );
}

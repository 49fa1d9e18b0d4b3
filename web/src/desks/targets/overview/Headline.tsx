import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayMs } from '@/kit/charts';
import { useFormat } from '@/kit';
import { DONE, premisesAt } from '../queries';
import classes from '../targets.module.css';
import type { PlanOverview } from '../types';

/** The plan in two sentences: what is done and to do; when it will be done, and what would be needed. */
export function Headline({ plan }: { plan: PlanOverview }) {
  const { t } = useTranslation('targets');
  const format = useFormat();
  const total = plan.total;
  if (!total) return null;
  const { outlook } = total;
  const date = (day: string | null) => (day ? format.date(dayMs(day)) : '');
  const pace = outlook.pace_per_day === null ? '–' : format.number(outlook.pace_per_day, 1);
  const needed = outlook.needed_per_day === null ? '–' : format.number(outlook.needed_per_day, 1);
  const kind = outlook.state === 'forecast' && !outlook.late ? 'open' : outlook.state;
  return (
    <>
      <p className={classes.headline}>
        <Link to={premisesAt({ camera_step: DONE, jurisdiction: plan.area.path })}>
          {t('headline.done', { done: format.number(total.done), goal: format.number(total.goal) })}
        </Link>
        {total.gap > 0
          ? t('headline.gap', { gap: format.number(total.gap) })
          : t('headline.surplus', { surplus: format.number(total.surplus) })}
      </p>
      <p
        className={`${classes.second} ${outlook.in_time === false ? classes.late : outlook.in_time ? classes.inTime : ''}`}
      >
        {t(`outlook.${kind}`, { on: date(outlook.on), early: date(outlook.early), late: date(outlook.late) })}{' '}
        {total.gap > 0 &&
          t(outlook.needed_per_day === null ? 'headline.overdue' : 'headline.pace', {
            needed,
            pace,
            due: date(total.due_on),
            days: format.number(total.working_days_left),
          })}
      </p>
      <p className={classes.note}>
        {total.kind === 'additional' &&
          `${t('headline.additional', { cameras: format.number(total.cameras), base: format.number(total.base_done), day: date(total.base_on) })} `}
        {t('set_by', { who: total.set_by, source: total.source })} {plan.demonstration && t('demonstration')}
      </p>
    </>
  );
}

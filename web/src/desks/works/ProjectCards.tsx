import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { dayMs } from './days';
import { formatMoney } from './money';
import type { Project } from './types';
import classes from './works.module.css';

/** Each project in three lines: how far by money and by work, what is late, when the last of it is foreseen. */
export function ProjectCards(props: {
  projects: Project[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}) {
  const { t } = useTranslation('works');
  const format = useFormat();
  if (props.projects.length === 0) return null;
  const money = (paise: number) => formatMoney(paise, format, t);
  const percent = (part: number, of: number) => (of > 0 ? `${format.number((part / of) * 100)}%` : '–');
  return (
    <div className={classes.projects}>
      {props.projects.map(({ id, name, earned, states, standing_still, forecast, unforeseen, due_on, ...one }) => (
        <UnstyledButton
          key={id}
          className={classes.project}
          aria-pressed={id === props.selected}
          onClick={() => props.onSelect(id)}
        >
          <span className={classes.cardHead}>
            <span className={classes.cardName}>{format.name(name)}</span>
            <span>{money(one.sanctioned_paise)}</span>
          </span>
          <div className={classes.faint}>
            {t('project.shares', {
              planned: percent(earned.planned, earned.budget),
              earned: percent(earned.earned, earned.budget),
              spent: percent(earned.spent, earned.budget),
            })}
          </div>
          <div className={classes.faint}>
            {[
              t('project.packages', { count: one.packages, number: format.number(one.packages) }),
              states.late > 0 && t('project.late', { number: format.number(states.late) }),
              states.behind > 0 && t('project.behind', { number: format.number(states.behind) }),
              standing_still > 0 && t('project.standing', { number: format.number(standing_still) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          <div className={classes.faint}>
            {[
              due_on && t('project.due', { day: format.date(dayMs(due_on)) }),
              forecast && t('project.forecast', { day: format.date(dayMs(forecast)) }),
              unforeseen > 0 && t('project.unforeseen', { number: format.number(unforeseen) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </UnstyledButton>
      ))}
    </div>
  );
}

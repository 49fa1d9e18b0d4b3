import { useTranslation } from 'react-i18next';
import { SeverityMark } from '@/desks/alarms/Mark';
import { useFormat } from '@/kit';
import classes from './incidents.module.css';
import type { IncidentRow, Severity, State } from './types';

export function SeverityWord({ severity }: { severity: Severity }) {
  const { t } = useTranslation('incidents');
  return (
    <span className={classes.severity} data-severity={severity}>
      <SeverityMark severity={severity} size={13} />
      {t(`severity.${severity}`)}
    </span>
  );
}

export function StateWord({ state, reopened = 0 }: { state: State; reopened?: number }) {
  const { t } = useTranslation('incidents');
  return (
    <span className={classes.state} data-state={state}>
      {reopened > 0 && state === 'open' ? t('state.reopened') : t(`state.${state}`)}
    </span>
  );
}

/** What it is called: its title, else its kind. */
export function useTitle() {
  const format = useFormat();
  return (one: Pick<IncidentRow, 'title' | 'kind'>) => one.title || format.name(one.kind.name);
}

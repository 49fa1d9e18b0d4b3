import { useTranslation } from 'react-i18next';
import classes from './citizens.module.css';
import type { ReportState } from './types';

export function StateWord({ state }: { state: ReportState }) {
  const { t } = useTranslation('citizens');
  return (
    <span className={classes.state} data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}

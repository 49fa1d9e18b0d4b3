import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import classes from './alarms.module.css';
import type { Act } from './acts';
import type { AlarmRow } from './types';

interface Props {
  rows: AlarmRow[];
  mayWork: boolean;
  mayOpenIncident: boolean;
  onAct: (act: Act | 'pass_on') => void;
  onIncident: () => void;
  onAll: () => void;
  onNone: () => void;
}

/** What can be done with the selected ones. */
export function BulkBar({ rows, mayWork, mayOpenIncident, onAct, onIncident, onAll, onNone }: Props) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk')}>
      <b>{t('selected', { count: rows.length, number: format.number(rows.length) })}</b>
      {mayWork &&
        (['acknowledge', 'pass_on', 'close'] as const).map((act) => (
          <Button key={act} size="compact-sm" variant="default" onClick={() => onAct(act)}>
            {t(`act.${act}`)}
          </Button>
        ))}
      {mayOpenIncident && (
        <Button size="compact-sm" variant="default" onClick={onIncident}>
          {t('act.incident')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onAll}>
        {t('select_all')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onNone}>
        {t('select_none')}
      </Button>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '@/kit';
import { ChartFrame } from '@/kit/charts';
import type { TrialResult } from '../types';
import classes from './rules.module.css';

const noon = (day: string) => Date.parse(`${day}T12:00:00+05:30`);

/** Alarms a day: by the tried version, and beside it by the one in force. */
export function TrialChart({ days }: { days: TrialResult['days'] }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const compared = days.some((day) => day.now !== null);
  const most = Math.max(1, ...days.map((day) => Math.max(day.tried, day.now ?? 0)));
  const sum = days.reduce((before, day) => before + day.tried, 0);
  const share = (value: number) => ({ height: `${(value / most) * 100}%` });
  return (
    <ChartFrame
      title={t('trial.a_day')}
      summary={t('trial.summary', { number: format.number(sum), count: sum, days: format.number(days.length) })}
      table={{
        columns: [t('trial.day'), t('trial.this'), ...(compared ? [t('trial.now')] : [])],
        rows: days.map((day) => [
          format.date(noon(day.day)),
          format.number(day.tried),
          ...(compared ? [format.number(day.now ?? 0)] : []),
        ]),
      }}
    >
      <div className={classes.chart} aria-hidden>
        {days.map((day) => (
          <div key={day.day} className={classes.day}>
            <div className={classes.pair}>
              <span className={classes.column} style={share(day.tried)}>
                <b>{format.number(day.tried)}</b>
              </span>
              {compared && (
                <span className={classes.column} data-now style={share(day.now ?? 0)}>
                  <b>{format.number(day.now ?? 0)}</b>
                </span>
              )}
            </div>
            <span className={classes.dayName}>{format.date(noon(day.day)).split(' ').slice(0, 2).join(' ')}</span>
          </div>
        ))}
      </div>
      {compared && (
        <div className={classes.legend}>
          <span className={classes.key} /> {t('trial.this')} <span className={classes.key} data-now /> {t('trial.now')}
        </div>
      )}
    </ChartFrame>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '@/api/queries';
import type { Status } from '@/api/types';
import { StatusIcon, useFormat } from '@/kit';
import classes from './screen.module.css';

const SHOWN: Status[] = ['live', 'stalled', 'offline', 'no_consent'];

/** How many cameras are live, proved by frames, of those that are linked; as a bar, and in figures. */
export function CountsTile() {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const counts = useQuery(countsQuery).data;
  if (!counts) return null;
  return (
    <div className={classes.counts}>
      <p className={classes.figure}>
        <strong>{format.number(counts.live)}</strong> / {format.number(counts.linked)}
        <span>{t('screen.proved_live')}</span>
      </p>
      <div className={classes.bar} aria-hidden>
        {SHOWN.filter((status) => counts[status as keyof typeof counts] !== 0).map((status) => (
          <i key={status} data-status={status} style={{ flexGrow: counts[status as keyof typeof counts] as number }} />
        ))}
      </div>
      <ul>
        {SHOWN.map((status) => (
          <li key={status}>
            <StatusIcon status={status} size={16} />
            <span>{t(`kit:status.${status}`)}</span>
            <b>{format.number(counts[status as keyof typeof counts] as number)}</b>
          </li>
        ))}
      </ul>
      <small>{t('screen.as_of', { time: format.time(counts.as_of_ms, false) })}</small>
    </div>
  );
}

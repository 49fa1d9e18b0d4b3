import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import type { AlarmRow } from '@/desks/alarms/types';
import { useFormat, useNow } from '@/kit';
import classes from './screen.module.css';

const READ = 50;
const RANK: Record<AlarmRow['severity'], number> = { critical: 0, high: 1, medium: 2, low: 3 };

const openAlarmsQuery = queryOptions({
  queryKey: ['alarms', 'counts', 'wall'], // beside the counts: stale with them when an alarm comes or changes
  queryFn: () => api.get<Page<AlarmRow>>('/alarms', { limit: READ }),
  refetchInterval: 20_000,
});

/** The open alarms: the gravest first, of these the newest. */
export function AlarmList({ most }: { most: number }) {
  const { t } = useTranslation('wall');
  const format = useFormat();
  const now = useNow();
  const data = useQuery(openAlarmsQuery).data;
  if (!data) return null;
  const rows = [...data.items]
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.last_ms - a.last_ms)
    .slice(0, most);
  return (
    <div className={classes.alarms}>
      <h2>{t('screen.alarms', { count: data.total, number: format.number(data.total) })}</h2>
      {rows.length === 0 && <p>{t('screen.no_alarms')}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id} data-severity={row.severity} data-new={row.handling.state === 'new' || undefined}>
            <b>{format.name(row.name)}</b>
            <span>
              {t(`alarms:severity.${row.severity}`)}
              {row.camera && ` · ${format.name(row.camera.name)}`} · {format.ago(row.last_ms, now)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

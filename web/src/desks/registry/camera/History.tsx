import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { HistoryEntry } from '@/api/types';
import { EmptyState, ErrorState, LoadingRows, useFormat } from '@/kit';
import classes from './History.module.css';

function asText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Who changed what, when and why. */
export function History({ path }: { path: string }) {
  const { t, i18n } = useTranslation('registry');
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ['history', path],
    queryFn: () => api.get<{ items: HistoryEntry[] }>(path),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  if (data.items.length === 0) return <EmptyState title={t('camera.no_history')} />;
  const fieldName = (field: string) => (i18n.exists(`registry:fact.${field}`) ? t(`fact.${field}`) : field);
  const actionName = (action: string) => {
    const key = `registry:action.${action.split('.').at(-1)}`;
    return i18n.exists(key) ? t(key) : action;
  };
  return (
    <ol className={classes.list}>
      {data.items.map((entry, at) => (
        <li key={at} className={classes.entry}>
          <time className={classes.time}>{format.when(entry.at_ms)}</time>
          <div>
            <div>
              {entry.who?.name ?? t('camera.system')} · {actionName(entry.action)}
            </div>
            {entry.why && <div className={classes.note}>{entry.why}</div>}
            {entry.changes.map((change) => (
              <div key={change.field} className={classes.change}>
                <span>{fieldName(change.field)}:</span>
                <del>{asText(change.before)}</del>→<ins>{asText(change.after)}</ins>
              </div>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { StatusEntry } from '@/api/types';
import { EmptyState, ErrorState, LoadingRows, StatusWord, useFormat } from '@/kit';
import classes from './History.module.css';

const WEEK_MS = 7 * 86_400_000;

/** Each change of state in the last week, newest first. */
export function StatusHistory({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const [from_ms] = useState(() => Date.now() - WEEK_MS);
  const { data, error, refetch } = useQuery({
    queryKey: ['camera-status-history', cameraId],
    queryFn: () => api.get<{ items: StatusEntry[] }>(`/cameras/${cameraId}/status-history`, { from_ms }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  if (data.items.length === 0) return <EmptyState title={t('camera.no_states')} />;
  const newestFirst = [...data.items].sort((a, b) => b.at_ms - a.at_ms);
  return (
    <ol className={classes.list}>
      {newestFirst.map((entry) => (
        <li key={entry.at_ms} className={classes.entry}>
          <time className={classes.time}>{format.when(entry.at_ms)}</time>
          <div>
            <StatusWord status={entry.status} reason={entry.reason} withReason />
            {entry.detail && (
              <div className={classes.note} lang="en">
                {entry.detail}
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

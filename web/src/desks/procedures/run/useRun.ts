import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, ApiError } from '@/api/client';
import { runsQuery } from '../queries';
import type { Run } from '../types';

/** Writing on the runs of an incident: what is answered is shown at once, also when somebody else was quicker. */
export function useRun(incident: string) {
  const client = useQueryClient();
  const send = useCallback(
    async (path: string, body: Record<string, unknown>) => {
      const { queryKey } = runsQuery(incident);
      try {
        const { items } = await api.post<{ items: Run[] }>(path, body);
        client.setQueryData(queryKey, items);
        void client.invalidateQueries({ queryKey: ['incident', incident], exact: true });
        void client.invalidateQueries({ queryKey: ['incident', incident, 'timeline'] });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'changed' && error.present) {
          const present = error.present as Run;
          client.setQueryData(queryKey, (before) => before?.map((one) => (one.id === present.id ? present : one)));
        }
        throw error;
      }
    },
    [client, incident],
  );
  return { send };
}

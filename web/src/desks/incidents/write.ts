/** Writing on an incident: each with the version that the writer saw; a conflict shows both and loses nothing typed. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { api, ApiError } from '@/api/client';
import { incidentQuery } from './queries';
import type { Incident, PerhapsGone } from './types';

export interface Conflict {
  /** As the writer saw it. */
  seen: Incident;
  present: Incident;
}

/**
 * post/patch send to a path below the incident, with the version last seen. Refused because somebody was quicker, the
 * cache holds the present state, `conflict` both; sending again then goes on top of it.
 */
export function useWrite(incident: Incident) {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const write = useCallback(
    async (method: 'post' | 'patch', path: string, body: Record<string, unknown> = {}) => {
      const { queryKey } = incidentQuery(incident.id);
      const version = (client.getQueryData(queryKey) ?? incident).version;
      try {
        const answer = await api[method]<Incident | PerhapsGone>(`/incidents/${incident.id}${path}`, {
          version,
          ...body,
        });
        setConflict(null);
        const now = 'incident' in answer ? answer.incident : answer;
        if (now?.id === incident.id) client.setQueryData(queryKey, now);
        void client.invalidateQueries({ queryKey: ['incident', incident.id, 'timeline'] });
        return now;
      } catch (error) {
        if (error instanceof ApiError && error.code === 'changed' && error.present) {
          const present = error.present as Incident;
          setConflict((before) => ({ seen: before?.seen ?? incident, present }));
          if (present.id === incident.id) client.setQueryData(queryKey, present);
        }
        throw error;
      }
    },
    [client, incident],
  );
  return {
    post: (path: string, body?: Record<string, unknown>) => write('post', path, body),
    patch: (body: Record<string, unknown>) => write('patch', '', body),
    conflict,
    settle: () => setConflict(null),
  };
}
export type Write = ReturnType<typeof useWrite>;

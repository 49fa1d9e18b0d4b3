/** Writing on an incident: each with the version that the writer saw; a conflict shows both and loses nothing typed. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { api, presentOf } from '@/api/client';
import { incidentQuery } from './queries';
import type { Incident, PerhapsGone } from './types';

export interface Conflict {
  /** As the writer saw it. */
  seen: Incident;
  present: Incident;
}

/**
 * post/patch send to a path below the incident. A form saw the incident as it was when the form was opened, whatever the
 * page behind it has heard since; a button (`live`) as it stands on the page. Refused because somebody was quicker,
 * `conflict` holds both; sending again then goes on top of the present state.
 */
export function useWrite(incident: Incident, { live = false }: { live?: boolean } = {}) {
  const client = useQueryClient();
  const [opened, setOpened] = useState(incident);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const seen = live ? incident : opened;
  const { id } = incident;
  // The page may not have heard yet what its reader did a moment ago: that is nobody who was quicker.
  useEffect(() => {
    if (live) return;
    const query = { ...incidentQuery(id), staleTime: 0 };
    void client.fetchQuery(query).then(setOpened, () => undefined); // unread: the page's state has to do
  }, [client, id, live]);
  const write = useCallback(
    async (method: 'post' | 'patch', path: string, body: Record<string, unknown> = {}) => {
      const { queryKey } = incidentQuery(seen.id);
      try {
        const answer = await api[method]<Incident | PerhapsGone>(`/incidents/${seen.id}${path}`, {
          version: seen.version,
          ...body,
        });
        setConflict(null);
        const now = 'incident' in answer ? answer.incident : answer;
        if (now?.id === seen.id) client.setQueryData(queryKey, now);
        void client.invalidateQueries({ queryKey: ['incident', seen.id, 'timeline'] });
        return now;
      } catch (error) {
        const present = presentOf<Incident>(error);
        if (present) {
          setConflict((before) => ({ seen: before?.seen ?? seen, present }));
          if (present.id === seen.id) {
            setOpened(present);
            client.setQueryData(queryKey, present);
          }
        }
        throw error;
      }
    },
    [client, seen],
  );
  return {
    post: (path: string, body?: Record<string, unknown>) => write('post', path, body),
    patch: (body: Record<string, unknown>) => write('patch', '', body),
    conflict,
    settle: () => setConflict(null),
  };
}

import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '@/api/client';
import type { StreamEvent } from '@/api/events';
import type { Page } from '@/api/types';
import { useEventTap } from '@/api/useEvents';
import { moved, type PositionEvent } from './positions';
import type { Assignment, Board, HotSpots, Message, Skill, Suggestions, Tracker, Unit, UnitDetail } from './types';

const PAGE = 500;
const GATHER_MS = 400;

export interface Fleet {
  units: Unit[];
  fresh_s: number;
}

/** Every unit in scope: a city has some hundreds. */
export const unitsQuery = queryOptions({
  queryKey: ['dispatch', 'units'],
  queryFn: async ({ signal }): Promise<Fleet> => {
    const units: Unit[] = [];
    let cursor: string | null = '';
    let fresh_s = 0;
    while (cursor !== null) {
      const page: Page<Unit> & { fresh_s: number } = await api.get(
        '/units',
        { limit: PAGE, cursor: cursor || undefined },
        signal,
      );
      units.push(...page.items);
      fresh_s = page.fresh_s;
      cursor = page.next;
    }
    return { units, fresh_s };
  },
  refetchInterval: 60_000,
});
export const boardQuery = queryOptions({
  queryKey: ['dispatch', 'board'],
  queryFn: () => api.get<Board>('/dispatch/board'),
  refetchInterval: 60_000,
});
export const unitQuery = (id: string) =>
  queryOptions({ queryKey: ['dispatch', 'unit', id], queryFn: () => api.get<UnitDetail>(`/units/${id}`) });
export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['dispatch', 'messages', id],
    queryFn: async () => (await api.get<Page<Message>>(`/units/${id}/messages`, { limit: 100 })).items.toReversed(),
  });
export const trackQuery = (id: string) =>
  queryOptions({
    queryKey: ['dispatch', 'track', id],
    queryFn: async () => (await api.get<{ points: [number, number, number][] }>(`/units/${id}/track`)).points,
    refetchInterval: 30_000,
  });
export const suggestionsQuery = (incidentId: string, everything: boolean) =>
  queryOptions({
    queryKey: ['dispatch', 'suggestions', incidentId, everything],
    queryFn: () => api.get<Suggestions>(`/incidents/${incidentId}/suggestions`, { everything, limit: 20 }),
    refetchInterval: 20_000,
  });
export const assignmentsQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['dispatch', 'assignments', incidentId],
    queryFn: async () => (await api.get<{ items: Assignment[] }>(`/incidents/${incidentId}/assignments`)).items,
  });
export const hotspotsQuery = (kinds: string, days: number | undefined) =>
  queryOptions({
    queryKey: ['dispatch', 'hotspots', kinds, days],
    queryFn: () => api.get<HotSpots>('/dispatch/hotspots', { kinds, days }),
    staleTime: 300_000,
  });
export const skillsQuery = queryOptions({
  queryKey: ['unit-skills'],
  queryFn: async () => (await api.get<{ items: Skill[] }>('/unit-skills')).items,
  staleTime: 600_000,
});
export const trackersQuery = queryOptions({
  queryKey: ['unit-trackers'],
  queryFn: async () => (await api.get<{ items: Tracker[] }>('/unit-trackers')).items,
});

export const useSkills = () => useQuery(skillsQuery).data ?? [];

/** Keeps lists true: positions are moved in them as they come, what changed is read again, a burst of it once. */
export function useDispatchEvents(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const heard = useRef<{ positions: PositionEvent[]; stale: boolean }>({ positions: [], stale: false });
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = useCallback(
    (event: StreamEvent) => {
      if (event.type === 'unit.position') heard.current.positions.push(event as PositionEvent);
      else if (['unit.changed', 'assignment.changed', 'incident.changed'].includes(event.type))
        heard.current.stale = true;
      else return;
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        const { positions, stale } = heard.current;
        heard.current = { positions: [], stale: false };
        move(client, positions);
        if (stale) void client.invalidateQueries({ queryKey: ['dispatch'], predicate: isLive });
      }, GATHER_MS);
    },
    [client],
  );
  useEventTap(take);
}

const isLive = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] !== 'hotspots';

function move(client: QueryClient, events: PositionEvent[]): void {
  if (events.length === 0) return;
  client.setQueryData(unitsQuery.queryKey, (fleet) => fleet && { ...fleet, units: moved(fleet.units, events) });
}

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import { useEventTap } from '@/api/useEvents';
import type { Counts, Entry, Incident, Kind, NearCameras, Person, Point } from './types';

/** What a list is narrowed by, as the API takes it. */
export type Filters = Record<string, string | undefined>;

export const kindsQuery = queryOptions({
  queryKey: ['incidents', 'kinds'],
  queryFn: async () => (await api.get<{ items: Kind[] }>('/incident-kinds')).items,
  staleTime: 300_000,
});
export const countsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['incidents', 'counts', filters],
    queryFn: () => api.get<Counts>('/incidents/counts', filters),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
export const pointsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['incidents', 'map', filters],
    queryFn: async () => (await api.get<{ items: Point[] }>('/incidents/map', filters)).items,
    placeholderData: keepPreviousData,
  });
export const incidentQuery = (id: string) =>
  queryOptions({ queryKey: ['incident', id], queryFn: () => api.get<Incident>(`/incidents/${id}`) });
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id, 'timeline'],
    queryFn: () => api.get<Page<Entry>>(`/incidents/${id}/timeline`, { limit: 300 }),
  });
export const nearQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id, 'cameras'],
    queryFn: () => api.get<NearCameras>(`/incidents/${id}/cameras`, { limit: 8 }),
    staleTime: 60_000,
  });
export const workersQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id, 'workers'],
    queryFn: async () => (await api.get<{ items: Person[] }>(`/incidents/${id}/workers`)).items,
  });

export const useKinds = () => useQuery(kindsQuery).data ?? [];

/** Reads again what an event has made stale: lists, and the one that it is about. */
export function useIncidentEvents(): void {
  const client = useQueryClient();
  useEventTap((event) => {
    if (event.type !== 'incident.changed') return;
    void client.invalidateQueries({ queryKey: ['incident', event.subject] });
    void client.invalidateQueries({ queryKey: ['incidents'], predicate: ({ queryKey }) => queryKey[1] !== 'kinds' });
  });
}

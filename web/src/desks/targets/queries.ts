/** Reads of the targets desk, and the addresses of the rows behind its numbers. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { FeatureCollection } from 'geojson';
import { api, queryString } from '@/api/client';
import type { Page } from '@/api/types';
import type { BurnUpAnswer, FunnelAnswer, League, Placements, PlanOverview, PlanRow, Wards } from './types';

export const KEY = 'targets';
const REFRESH_MS = 60_000;

export const plansQuery = queryOptions({
  queryKey: [KEY, 'plans'],
  queryFn: async () => (await api.get<Page<PlanRow>>('/target-plans')).items,
  staleTime: 30_000,
});
export const planQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'plan', id],
    queryFn: () => api.get<PlanOverview>(`/target-plans/${id}`),
    refetchInterval: REFRESH_MS,
  });
export const burnUpQuery = (id: string, narrowing: Record<string, string | undefined>) =>
  queryOptions({
    queryKey: [KEY, 'burn-up', id, narrowing],
    queryFn: () => api.get<BurnUpAnswer>(`/target-plans/${id}/burn-up`, narrowing),
    placeholderData: keepPreviousData,
  });
export const funnelQuery = (narrowing: Record<string, string | undefined>) =>
  queryOptions({
    queryKey: [KEY, 'funnel', narrowing],
    queryFn: () => api.get<FunnelAnswer>('/progress/funnel', narrowing),
    placeholderData: keepPreviousData,
  });
export const leagueQuery = (by: League['by']) =>
  queryOptions({ queryKey: [KEY, 'league', by], queryFn: () => api.get<League>('/progress/league', { by }) });
export const wardsQuery = (owner_class: string) =>
  queryOptions({
    queryKey: [KEY, 'wards', owner_class],
    queryFn: () => api.get<Wards>('/progress/wards', { owner_class }),
    placeholderData: keepPreviousData,
  });
export const wardShapesQuery = queryOptions({
  queryKey: ['boundaries', 'ward'],
  queryFn: () => api.get<FeatureCollection>('/jurisdictions/boundaries', { level: 'ward' }),
  staleTime: Infinity,
});
export const placementsQuery = queryOptions({
  queryKey: [KEY, 'placements'],
  queryFn: () => api.get<Placements>('/progress/placements'),
});

/** Cameras that count as done. */
export const DONE = 'verified_live,owner_confirmed';
/** The premises behind a number of the programme. */
export const premisesAt = (narrowing: Record<string, string | undefined>) =>
  `/programme/premises${queryString(narrowing)}`;

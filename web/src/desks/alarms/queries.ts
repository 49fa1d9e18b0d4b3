import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { MapAnswer, Page } from '@/api/types';
import { alarmStore } from './store';
import type { AlarmCounts, AlarmDetail, CameraAlarms, Person, Rule, RuleDetail, Trial } from './types';

/** Fills the store; read again as a whole only when events were missed. */
export const queueQuery = queryOptions({
  queryKey: ['alarms', 'queue'],
  queryFn: ({ signal }) => alarmStore.load(signal),
  staleTime: Infinity,
});
export const alarmCountsQuery = queryOptions({
  queryKey: ['alarms', 'counts'],
  queryFn: () => api.get<AlarmCounts>('/alarms/counts'),
  refetchInterval: 30_000,
});
export const alarmsByCameraQuery = queryOptions({
  queryKey: ['alarms', 'cameras'],
  queryFn: async () => (await api.get<{ cameras: CameraAlarms[] }>('/alarms/cameras')).cameras,
  refetchInterval: 60_000,
});
export const alarmQuery = (id: string) =>
  queryOptions({ queryKey: ['alarms', 'one', id], queryFn: () => api.get<AlarmDetail>(`/alarms/${id}`) });
export const assigneesQuery = (id: string) =>
  queryOptions({
    queryKey: ['alarms', 'assignees', id],
    queryFn: async () => (await api.get<{ items: Person[] }>(`/alarms/${id}/assignees`)).items,
    staleTime: 60_000,
  });

const AROUND_DEG = 0.006;
/** Cameras within about 600 m. */
export const nearQuery = (lon: number, lat: number) =>
  queryOptions({
    queryKey: ['alarms', 'near', lon, lat],
    queryFn: async () => {
      const bbox = [lon - AROUND_DEG, lat - AROUND_DEG, lon + AROUND_DEG, lat + AROUND_DEG].join(',');
      return (await api.get<MapAnswer>('/cameras/map', { bbox, zoom: 18 })).cameras;
    },
    staleTime: 60_000,
  });

export const rulesQuery = queryOptions({
  queryKey: ['alarms', 'rules'],
  queryFn: async () => (await api.get<Page<Rule>>('/alarm-rules', { limit: 500 })).items,
});
export const ruleQuery = (id: string) =>
  queryOptions({ queryKey: ['alarms', 'rule', id], queryFn: () => api.get<RuleDetail>(`/alarm-rules/${id}`) });
export const trialQuery = (rule: string, id: string) =>
  queryOptions({
    queryKey: ['alarms', 'trial', id],
    queryFn: () => api.get<Trial>(`/alarm-rules/${rule}/trials/${id}`),
    refetchInterval: ({ state }) => (['queued', 'running'].includes(state.data?.state ?? 'queued') ? 700 : false),
  });

import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Automatic, Procedure, ProcedureRow, Run, Version } from './types';

export const proceduresQuery = queryOptions({
  queryKey: ['procedures'],
  queryFn: () => api.get<{ items: ProcedureRow[]; may_edit: boolean }>('/procedures'),
});
export const procedureQuery = (code: string) =>
  queryOptions({ queryKey: ['procedures', code], queryFn: () => api.get<Procedure>(`/procedures/${code}`) });
export const versionQuery = (code: string, number: number) =>
  queryOptions({
    queryKey: ['procedures', code, number],
    queryFn: () => api.get<Version>(`/procedures/${code}/versions/${number}`),
    staleTime: Infinity,
  });
export const automaticQuery = queryOptions({
  queryKey: ['procedures', 'actions', 'automatic'],
  queryFn: async () => (await api.get<{ items: Automatic[] }>('/procedure-actions')).items,
  staleTime: 300_000,
});
/** Below the incident's key, so that what is told of an incident makes its runs be read anew. */
export const runsQuery = (incident: string) =>
  queryOptions({
    queryKey: ['incident', incident, 'runs'],
    queryFn: async () => (await api.get<{ items: Run[] }>(`/incidents/${incident}/runs`)).items,
  });

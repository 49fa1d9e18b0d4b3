/** Reads used by more than one of the programme's pages. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Appointment, Office, Overview, Rank } from './types';

export const overviewQuery = queryOptions({
  queryKey: ['programme', 'overview'],
  queryFn: () => api.get<Overview>('/programme'),
  refetchInterval: 60_000,
});

export const ranksQuery = queryOptions({
  queryKey: ['programme', 'ranks'],
  queryFn: async () => (await api.get<{ items: Rank[] }>('/ranks')).items,
  staleTime: 300_000,
});

export const officesQuery = queryOptions({
  queryKey: ['programme', 'offices'],
  queryFn: async () => (await api.get<{ items: Office[] }>('/offices')).items,
  staleTime: 300_000,
});

/** Officers in office now, for choosing one. */
export const officersQuery = queryOptions({
  queryKey: ['programme', 'appointments', 'standing'],
  queryFn: async () => (await api.get<{ items: Appointment[] }>('/appointments', { standing: true, limit: 500 })).items,
  staleTime: 60_000,
});

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import type {
  AttentionDuties,
  AttentionReport,
  Handover,
  MyShift,
  Pattern,
  Post,
  Roster,
  ShiftBoard,
  ShiftItem,
  Sitter,
} from './types';

/** Everything here begins with "shifts": shift.changed makes all of it stale. */
export const SHIFTS = ['shifts'];
const SOON_MS = 30_000;

export const myShiftQuery = queryOptions({
  queryKey: ['shifts', 'me'],
  queryFn: () => api.get<MyShift>('/shifts/me'),
  refetchInterval: SOON_MS,
});
export const boardQuery = queryOptions({
  queryKey: ['shifts', 'board'],
  queryFn: () => api.get<ShiftBoard>('/shifts/board'),
  refetchInterval: SOON_MS,
});
export const itemsQuery = (duty: string) =>
  queryOptions({
    queryKey: ['shifts', 'items', duty],
    queryFn: async () => (await api.get<{ items: ShiftItem[] }>(`/duties/${duty}/open-items`)).items,
    staleTime: 0,
  });
export const peopleQuery = (post: string) =>
  queryOptions({
    queryKey: ['shifts', 'people', post],
    queryFn: async () => (await api.get<Page<Sitter>>(`/shift-posts/${post}/people`)).items,
  });
export const postsQuery = queryOptions({
  queryKey: ['shifts', 'posts'],
  queryFn: async () => (await api.get<Page<Post>>('/shift-posts')).items,
});
export const patternsQuery = queryOptions({
  queryKey: ['shifts', 'patterns'],
  queryFn: async () => (await api.get<Page<Pattern>>('/shift-patterns')).items,
});
export const handoversQuery = (post: string) =>
  queryOptions({
    queryKey: ['shifts', 'handovers', post],
    queryFn: () => api.get<Page<Handover>>('/shift-handovers', { post, limit: 100 }),
  });
export const rosterQuery = (from_ms: number, to_ms: number) =>
  queryOptions({
    queryKey: ['shifts', 'roster', from_ms, to_ms],
    queryFn: () => api.get<Roster>('/roster', { from_ms, to_ms }),
    placeholderData: keepPreviousData,
  });

export interface AttentionOf {
  from_ms: number;
  to_ms: number;
  cameras?: string[];
  post?: string | undefined;
  area?: string | undefined;
}
/** Each look is written into the audit, so it is asked for once and not again by itself. */
export const attentionQuery = (of: AttentionOf) =>
  queryOptions({
    queryKey: ['attention', 'cameras', of],
    queryFn: () => api.get<AttentionReport>('/attention/cameras', { ...of }),
    staleTime: Infinity,
    retry: false,
  });
export const attentionDutiesQuery = (from_ms: number, to_ms: number, mine: boolean) =>
  queryOptions({
    queryKey: ['attention', 'duties', from_ms, to_ms, mine],
    queryFn: () => api.get<AttentionDuties>(`/attention/${mine ? 'me' : 'duties'}`, { from_ms, to_ms }),
    staleTime: Infinity,
    retry: false,
  });

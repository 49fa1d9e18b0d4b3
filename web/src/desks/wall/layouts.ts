/** Saved layouts: reading, saving, and what happens when two people save the same one. */

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';
import type { Layout } from './model';

export const layoutsQuery = queryOptions({
  queryKey: ['wall-layouts'],
  queryFn: async () => {
    const answer = await api.get<{ items: Layout[] } | Layout[]>('/wall-layouts', { limit: 500 });
    return Array.isArray(answer) ? answer : answer.items;
  },
  staleTime: 30_000,
});

export type NewLayout = Pick<Layout, 'name' | 'grid' | 'tiles' | 'shared'>;
/** `edited_ms` is the state that the change builds on: another one in between is answered with 409. */
export type LayoutChange = { id: string; edited_ms: number } & Partial<NewLayout>;

export function useLayoutActions() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: layoutsQuery.queryKey });
  const create = useMutation({
    mutationFn: (layout: NewLayout) => api.post<Layout>('/wall-layouts', layout),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ id, ...rest }: LayoutChange) => api.patch<Layout>(`/wall-layouts/${id}`, rest),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete<undefined>(`/wall-layouts/${id}`),
    onSettled: refresh,
  });
  return { create, change, remove };
}

export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.status === 409;

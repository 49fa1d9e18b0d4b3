/** Reads used by more than one desk. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { CameraDetail, Centre, Coded, Counts, Jurisdiction, Me, Page } from './types';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => api.get<Me>('/me'),
  staleTime: 60_000,
  retry: false,
  // Nobody signed in is an answer: parts of the sign-in page that ask who is here must not ask the server again.
  retryOnMount: false,
});
/** What comes first for who has just signed in: the centre answers nothing else until it is done. */
export type Duty = 'password' | 'second_factor';
export function dutyOf(me: Me): Duty | null {
  if (me.must_change_password) return 'password';
  return me.requires_second_factor && !me.has_second_factor ? 'second_factor' : null;
}

export const centreQuery = queryOptions({
  queryKey: ['centre'],
  queryFn: () => api.get<Centre>('/centre'),
  staleTime: 600_000,
});
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: () => api.get<Counts>('/cameras/counts'),
  staleTime: 5_000,
  refetchInterval: 30_000,
  placeholderData: keepPreviousData,
});

export type CodedList = 'owner-classes' | 'place-classes' | 'departments' | 'agencies' | 'roles' | 'retention-classes';
/** A row of any of them; each list has some of the optional fields. */
export interface CodedRow extends Coded {
  sort?: number;
  active?: boolean;
  /** Owner classes: cameras need an authority's order instead of a consent. */
  public?: boolean;
  /** Place classes. */
  retention_class?: string | null;
  retention_days?: number | null;
  /** Departments: code of their agency. */
  agency?: string;
}

export const codedQuery = (list: CodedList) =>
  queryOptions({
    queryKey: ['coded', list],
    queryFn: async () => (await api.get<Page<CodedRow>>(`/${list}`)).items,
    staleTime: 300_000,
  });

export const jurisdictionsQuery = (level?: string) =>
  queryOptions({
    queryKey: ['jurisdictions', level ?? ''],
    queryFn: async () => (await api.get<Page<Jurisdiction>>('/jurisdictions', { level })).items,
    staleTime: 600_000,
  });

export const cameraQuery = (id: string) =>
  queryOptions({ queryKey: ['camera', id], queryFn: () => api.get<CameraDetail>(`/cameras/${id}`), staleTime: 10_000 });

export const useCentre = () => useQuery(centreQuery).data;
export const useMe = () => useQuery(meQuery).data;

/** Whether the reader holds a permission anywhere; the server decides for each row. */
export function useCan(permission: string): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

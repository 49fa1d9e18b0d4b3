import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import type { EdgeReleasePage, EdgeSite, EdgeSiteRow } from './types';

const SOON_MS = 15_000;

export const sitesQuery = queryOptions({
  queryKey: ['edge', 'sites'],
  queryFn: () => api.get<Page<EdgeSiteRow>>('/edge-sites', { limit: 500 }),
  refetchInterval: SOON_MS,
});
export const releasesQuery = queryOptions({
  queryKey: ['edge', 'releases'],
  queryFn: () => api.get<EdgeReleasePage>('/edge-releases', { limit: 100 }),
  refetchInterval: SOON_MS,
});
export const siteQuery = (id: string) =>
  queryOptions({
    queryKey: ['edge', 'site', id],
    queryFn: () => api.get<EdgeSite>(`/edge-sites/${id}`),
    refetchInterval: SOON_MS,
  });

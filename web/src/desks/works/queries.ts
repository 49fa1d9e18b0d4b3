import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import type { DelayReason, MapPackage, PackageDetail, PackageRow, Project, WorkKind } from './types';

export const kindsQuery = queryOptions({
  queryKey: ['works', 'kinds'],
  queryFn: async () => (await api.get<{ items: WorkKind[] }>('/works/kinds')).items,
  staleTime: 300_000,
});
export const reasonsQuery = queryOptions({
  queryKey: ['works', 'delay-reasons'],
  queryFn: async () => (await api.get<{ items: DelayReason[] }>('/works/delay-reasons')).items,
  staleTime: 300_000,
});
export const projectsQuery = queryOptions({
  queryKey: ['works', 'projects'],
  queryFn: async () => (await api.get<Page<Project>>('/works/projects', { limit: 500 })).items,
});
export const packagesQuery = (filters: Record<string, string | undefined>) =>
  queryOptions({
    queryKey: ['works', 'packages', filters],
    queryFn: () => api.get<Page<PackageRow>>('/works/packages', filters),
  });
export const packageQuery = (id: string) =>
  queryOptions({
    queryKey: ['works', 'package', id],
    queryFn: () => api.get<PackageDetail>(`/works/packages/${id}`),
  });
export const mapQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: ['works', 'map', project ?? ''],
    queryFn: async () => (await api.get<{ items: MapPackage[] }>('/works/map', { project })).items,
  });

import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import type { Agreement, CameraHealth, IllNow, Maintenance, PenaltyMonth, UptimeTable } from './types';

type Filters = Record<string, string | undefined>;
const SOON_MS = 15_000;

export const illQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['health', 'now', filters],
    queryFn: () => api.get<IllNow>('/camera-health/now', filters),
    refetchInterval: SOON_MS,
  });
export const cameraHealthQuery = (id: string) =>
  queryOptions({
    queryKey: ['health', 'camera', id],
    queryFn: () => api.get<CameraHealth>(`/cameras/${id}/health`),
    refetchInterval: 4 * SOON_MS,
  });
export const uptimeQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['health', 'uptime', filters],
    queryFn: () => api.get<UptimeTable>('/camera-health/uptime', filters),
  });
export const maintenanceQuery = queryOptions({
  queryKey: ['health', 'maintenance'],
  queryFn: async () => (await api.get<Page<Maintenance>>('/maintenance-windows', { limit: 200 })).items,
});
export const agreementsQuery = (past: boolean) =>
  queryOptions({
    queryKey: ['health', 'agreements', past],
    queryFn: async () => (await api.get<Page<Agreement>>('/service-agreements', { limit: 200, past })).items,
  });
export const monthQuery = (id: string, month: string) =>
  queryOptions({
    queryKey: ['health', 'month', id, month],
    queryFn: () => api.get<PenaltyMonth>(`/service-agreements/${id}/month`, { month }),
  });

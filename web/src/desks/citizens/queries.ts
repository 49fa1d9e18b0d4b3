import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import { useEventTap } from '@/api/useEvents';
import type { Report, ReportCounts, ReportRow } from './types';

/** What a list is narrowed by, as the API takes it. */
export type Filters = Record<string, string | undefined>;

/** All keys begin with "citizens": citizen_report.changed makes all of it stale. */
export const reportQuery = (id: string) =>
  queryOptions({ queryKey: ['citizens', 'one', id], queryFn: () => api.get<Report>(`/citizen-reports/${id}`) });
export const countsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['citizens', 'counts', filters],
    queryFn: () => api.get<ReportCounts>('/citizen-reports/counts', filters),
    placeholderData: keepPreviousData,
  });
export const ofIncidentQuery = (incident: string) =>
  queryOptions({
    queryKey: ['citizens', 'incident', incident],
    queryFn: async () => (await api.get<Page<ReportRow>>('/citizen-reports', { incident, limit: 50 })).items,
  });

/** Reads a report again when its alarm comes or changes, or its incident does. */
export function useWhatComesOf(report: Report | undefined): void {
  const client = useQueryClient();
  useEventTap((event) => {
    if (!report) return;
    const made = event.type === 'alarm.raised' ? (event.data as { events?: string[] }).events : undefined;
    const isOurs =
      made?.includes(report.id) ||
      report.alarms.some((one) => one.id === event.subject) ||
      report.incident?.id === event.subject;
    if (isOurs) void client.invalidateQueries({ queryKey: reportQuery(report.id).queryKey });
  });
}

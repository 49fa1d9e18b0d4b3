/** Charts of the wall: their names, who may see which, their numbers. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useMe } from '@/api/queries';
import type { components } from '@/api/schema.gen';

export type Figures = components['schemas']['ChartFigures'];
export type ChartName = Figures['chart'];

/** What each counts, as rights: the centre asks for the same ones. */
const NEEDS: Record<ChartName, string[]> = {
  alarms_by_hour: ['alarm.view'],
  alarms_by_kind: ['alarm.view'],
  incidents_open: ['incident.view'],
  cameras_live: ['camera.view'],
  units: ['dispatch.view', 'incident.view'],
};
export const CHARTS = Object.keys(NEEDS) as ChartName[];

/** Those that the reader may see. */
export function useCharts(): ChartName[] {
  const held = useMe()?.permissions ?? [];
  return CHARTS.filter((name) => NEEDS[name].every((one) => held.includes(one)));
}

const ASK_EVERY_MS = 15_000;
/** Numbers that nobody has told anew for so long are marked as old. */
export const OLD_AFTER_MS = 60_000;

export const chartQuery = (name: ChartName) =>
  queryOptions({
    queryKey: ['charts', name],
    queryFn: () => api.get<Figures>(`/charts/${name}`),
    refetchInterval: ASK_EVERY_MS,
  });

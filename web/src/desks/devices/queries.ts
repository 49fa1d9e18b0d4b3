import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AddressTemplate, CameraDevice, DeviceEventRow, ImagingState, PtzState } from './types';

export const ptzQuery = (cameraId: string) =>
  queryOptions({
    queryKey: ['ptz', cameraId],
    queryFn: () => api.get<PtzState>(`/cameras/${cameraId}/ptz`),
    refetchInterval: 5_000,
  });

export const cameraDeviceQuery = (cameraId: string) =>
  queryOptions({
    queryKey: ['camera-device', cameraId],
    queryFn: () => api.get<CameraDevice>(`/cameras/${cameraId}/device`),
  });

export const deviceEventsQuery = (cameraId: string) =>
  queryOptions({
    queryKey: ['device-events', cameraId],
    queryFn: async () => (await api.get<{ items: DeviceEventRow[] }>(`/cameras/${cameraId}/device-events`)).items,
    refetchInterval: 15_000,
  });

export const templatesQuery = queryOptions({
  queryKey: ['vendor-templates'],
  queryFn: async () => (await api.get<{ items: AddressTemplate[] }>('/vendor-templates')).items,
  staleTime: 300_000,
});

export const imagingQuery = (cameraId: string) =>
  queryOptions({
    queryKey: ['imaging', cameraId],
    queryFn: () => api.get<ImagingState>(`/cameras/${cameraId}/imaging`),
    retry: false,
    refetchOnWindowFocus: false,
  });

/** Whether the camera's device records on a disk of its own. */
export function useHasDisk(cameraId: string): boolean {
  const { data } = useQuery(cameraDeviceQuery(cameraId));
  const channel = data?.device?.channels.find((one) => one.number === data.channel);
  return Boolean(channel?.has_recordings && data?.device?.abilities.includes('replay'));
}

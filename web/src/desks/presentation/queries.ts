import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CameraRow } from '@/api/types';
import type { Presentation } from './types';

export const presentationQuery = queryOptions({
  queryKey: ['presentation'],
  queryFn: ({ signal }) => api.get<Presentation>('/outreach/presentation', {}, signal),
  refetchInterval: 30_000,
});

/** The name of a public camera, where the person may read it; without it the picture is shown all the same. */
export const cameraNameQuery = (cameraId: string) =>
  queryOptions({
    queryKey: ['presentation', 'camera', cameraId],
    queryFn: ({ signal }) => api.get<Pick<CameraRow, 'name'>>(`/cameras/${cameraId}`, {}, signal),
    retry: false,
    staleTime: Infinity,
  });

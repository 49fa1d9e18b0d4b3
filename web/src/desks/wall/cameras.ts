import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CameraRow, Page } from '@/api/types';

export const LISTED = 100;

/** Cameras whose name, place or number matches, in either script; live ones only if wanted. */
export const camerasQuery = (q: string, onlyLive: boolean) =>
  queryOptions({
    queryKey: ['cameras', 'wall', q, onlyLive],
    queryFn: ({ signal }) =>
      api.get<Page<CameraRow>>('/cameras', { q, status: onlyLive ? 'live' : '', limit: LISTED }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export function placeText(camera: CameraRow): CameraRow['name'] {
  return camera.premises?.name ?? camera.site?.name ?? camera.jurisdiction.name;
}

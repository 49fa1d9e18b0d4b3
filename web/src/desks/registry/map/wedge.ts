/** The ground a camera looks over, as a polygon. */
import type { Feature, Polygon } from 'geojson';
import type { MapCamera } from '@/api/types';

export type Looking = Pick<MapCamera, 'id' | 'lon' | 'lat' | 'bearing_deg' | 'fov_deg' | 'status'>;

const METRES_PER_DEGREE = 111_320;

export function wedgeOf(camera: Looking, reach_m: number): Feature<Polygon> | null {
  if (camera.bearing_deg === null) return null;
  const spread = Math.min(camera.fov_deg ?? 60, 358);
  const stretch = METRES_PER_DEGREE * Math.cos((camera.lat * Math.PI) / 180);
  const steps = Math.max(2, Math.ceil(spread / 10));
  const arc = Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((camera.bearing_deg ?? 0) - spread / 2 + (spread * step) / steps) * (Math.PI / 180);
    return [
      camera.lon + (Math.sin(angle) * reach_m) / stretch,
      camera.lat + (Math.cos(angle) * reach_m) / METRES_PER_DEGREE,
    ];
  });
  const tip = [camera.lon, camera.lat];
  return {
    type: 'Feature',
    properties: { id: camera.id, status: camera.status },
    geometry: { type: 'Polygon', coordinates: [[tip, ...arc, tip]] },
  };
}

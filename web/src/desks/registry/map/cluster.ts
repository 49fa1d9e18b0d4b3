/** Groups cameras that would touch on the screen. A few thousand points take about a millisecond. */
import type { MapCamera, Status } from '@/api/types';

export interface Cluster {
  id: string;
  lon: number;
  lat: number;
  count: number;
  by_status: Partial<Record<Status, number>>;
  /** Smallest box around its cameras: west, south, east, north. */
  bounds: [number, number, number, number];
}

interface Bin extends Cluster {
  x: number;
  y: number;
  one: MapCamera;
}

const TILE_PX = 512;

/** Web Mercator pixels at `zoom`. */
export function toPixels(lon: number, lat: number, zoom: number): [number, number] {
  const world = TILE_PX * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * world, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world];
}

function absorb(into: Bin, other: Bin): void {
  const total = into.count + other.count;
  const weight = other.count / total;
  into.x += (other.x - into.x) * weight;
  into.y += (other.y - into.y) * weight;
  into.lon += (other.lon - into.lon) * weight;
  into.lat += (other.lat - into.lat) * weight;
  into.count = total;
  for (const [status, count] of Object.entries(other.by_status) as [Status, number][])
    into.by_status[status] = (into.by_status[status] ?? 0) + count;
  into.bounds = [
    Math.min(into.bounds[0], other.bounds[0]),
    Math.min(into.bounds[1], other.bounds[1]),
    Math.max(into.bounds[2], other.bounds[2]),
    Math.max(into.bounds[3], other.bounds[3]),
  ];
}

/**
 * Cameras within `radius_px` of each other at whole `zoom` become clusters; the others stay single. Bins are fixed to
 * the earth, so that clusters do not jump while the map is moved.
 */
export function clusterCameras(cameras: readonly MapCamera[], zoom: number, radius_px = 56) {
  const bins = new Map<string, Bin>();
  for (const camera of cameras) {
    const [x, y] = toPixels(camera.lon, camera.lat, zoom);
    const id = `${zoom}/${Math.floor(x / radius_px)}/${Math.floor(y / radius_px)}`;
    const bin: Bin = {
      id,
      x,
      y,
      lon: camera.lon,
      lat: camera.lat,
      count: 1,
      by_status: { [camera.status]: 1 },
      bounds: [camera.lon, camera.lat, camera.lon, camera.lat],
      one: camera,
    };
    const found = bins.get(id);
    if (found) absorb(found, bin);
    else bins.set(id, bin);
  }
  // Bins whose middles came out close together would overlap on the screen.
  const close = radius_px * 0.75;
  for (const [id, bin] of [...bins].sort((a, b) => b[1].count - a[1].count)) {
    if (!bins.has(id)) continue;
    const [, column, row] = id.split('/').map(Number) as [number, number, number];
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++) {
        const otherId = `${zoom}/${column + i}/${row + j}`;
        const other = bins.get(otherId);
        if (!other || other === bin || Math.hypot(other.x - bin.x, other.y - bin.y) > close) continue;
        absorb(bin, other);
        bins.delete(otherId);
      }
  }
  const clusters: Cluster[] = [];
  const singles: MapCamera[] = [];
  for (const bin of bins.values()) {
    if (bin.count === 1) singles.push(bin.one);
    else clusters.push(bin);
  }
  return { clusters, singles };
}

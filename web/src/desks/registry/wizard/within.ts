/** Which of the drawn areas a point lies in. */

import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';

export type Boundaries = FeatureCollection<Polygon | MultiPolygon, { path: string }>;

/** The path of the first area that holds (lon, lat), or null. Even-odd rule: holes are outside. */
export function areaAt(boundaries: Boundaries | undefined, lon: number, lat: number): string | null {
  for (const { geometry, properties } of boundaries?.features ?? []) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    if (polygons.some((rings) => inside(rings, lon, lat))) return properties.path;
  }
  return null;
}

function inside(rings: Position[][], lon: number, lat: number): boolean {
  let odd = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [x1 = 0, y1 = 0] = ring[at] ?? [];
      const [x2 = 0, y2 = 0] = ring[before] ?? [];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd;
    }
  }
  return odd;
}

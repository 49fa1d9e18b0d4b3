/** Reads the centre's base map and finds the names on it. */
import { queryOptions } from '@tanstack/react-query';
import type { Feature, LineString, Position } from 'geojson';
import { api, rawRequest } from '@/api/client';
import type { Centre } from '@/api/types';
import type { MapLabel } from './labels';
import type { BasemapLayers } from './style';

export type Basemap =
  { kind: 'geojson'; layers: BasemapLayers; labels: MapLabel[] } | { kind: 'pmtiles'; url: string } | { kind: 'none' };

export const basemapQuery = queryOptions({
  queryKey: ['basemap'],
  staleTime: Infinity,
  queryFn: async (): Promise<Basemap> => {
    const { basemap } = await api.get<Centre>('/centre');
    if (basemap?.kind === 'pmtiles') return { kind: 'pmtiles', url: basemap.url };
    if (basemap?.kind !== 'geojson') return { kind: 'none' };
    const answer = await rawRequest('GET', basemap.url);
    // The city without its drawing is better than no map.
    if (!answer.ok) return { kind: 'none' };
    const layers = (await answer.json()) as BasemapLayers;
    return { kind: 'geojson', layers, labels: labelsOf(layers) };
  },
});

function nameOf(feature: Feature): { en: string; hi: string } | null {
  const { name, name_en, name_hi } = (feature.properties ?? {}) as Record<string, unknown>;
  if (name && typeof name === 'object') return name as { en: string; hi: string };
  if (!name_en && !name_hi) return null;
  return { en: String(name_en ?? name_hi), hi: String(name_hi ?? name_en) };
}

const ROAD_ZOOMS: Record<string, number> = {
  motorway: 12,
  trunk: 12,
  highway: 12,
  primary: 13,
  secondary: 14,
  tertiary: 14.5,
};

/** The middle of a line and its direction there, kept readable from left to right. */
export function middleOf(line: readonly Position[]): { at: Position; angle_deg: number; length: number } | null {
  const lengths = line.slice(1).map(([x = 0, y = 0], index) => {
    const [fromX = 0, fromY = 0] = line[index] ?? [];
    return Math.hypot((x - fromX) * 0.9, y - fromY);
  });
  const total = lengths.reduce((sum, one) => sum + one, 0);
  let left = total / 2;
  for (const [index, length] of lengths.entries()) {
    const [fromX = 0, fromY = 0] = line[index] ?? [];
    const [toX = 0, toY = 0] = line[index + 1] ?? [];
    if (left <= length && length > 0) {
      const part = left / length;
      let angle_deg = (Math.atan2(-(toY - fromY), (toX - fromX) * 0.9) * 180) / Math.PI;
      if (angle_deg > 90) angle_deg -= 180;
      if (angle_deg < -90) angle_deg += 180;
      return { at: [fromX + (toX - fromX) * part, fromY + (toY - fromY) * part], angle_deg, length: total };
    }
    left -= length;
  }
  return null;
}

const AREA_KINDS = new Set(['city', 'town', 'suburb', 'locality', 'village']);

function pointLabel(feature: Feature, coordinates: Position): MapLabel | null {
  const name = nameOf(feature);
  if (!name) return null;
  const { kind, rank, minzoom, angle_deg } = (feature.properties ?? {}) as Record<string, unknown>;
  const style = AREA_KINDS.has(String(kind))
    ? kind === 'city'
      ? 'city'
      : 'area'
    : kind === 'water'
      ? 'water'
      : 'landmark';
  return {
    lon: coordinates[0] ?? 0,
    lat: coordinates[1] ?? 0,
    kind: style,
    rank: Number(rank ?? 5) * 10 + (style === 'landmark' ? 5 : 0),
    min_zoom: Number(minzoom ?? 13),
    // The name of the whole city says nothing once one stands in it.
    max_zoom: style === 'city' ? 11.5 : 24,
    name,
    ...(angle_deg === undefined ? {} : { angle_deg: Number(angle_deg) }),
  };
}

function roadLabel(feature: Feature<LineString>): MapLabel | null {
  const name = nameOf(feature);
  const middle = middleOf(feature.geometry.coordinates);
  const kind = String(feature.properties?.kind ?? '');
  const min_zoom = ROAD_ZOOMS[kind] ?? 15;
  if (!name || !middle) return null;
  const [lon = 0, lat = 0] = middle.at;
  return { lon, lat, kind: 'road', rank: 100 + min_zoom, min_zoom, max_zoom: 24, name, angle_deg: middle.angle_deg };
}

/** Every name of the base map: points as they stand, roads at their middle. */
export function labelsOf(layers: BasemapLayers): MapLabel[] {
  const labels: (MapLabel | null)[] = [];
  for (const [layer, collection] of Object.entries(layers))
    for (const feature of collection.features) {
      if (feature.geometry.type === 'Point') labels.push(pointLabel(feature, feature.geometry.coordinates));
      else if (layer === 'road' && feature.geometry.type === 'LineString')
        labels.push(roadLabel(feature as Feature<LineString>));
    }
  return labels.filter((label) => label !== null);
}

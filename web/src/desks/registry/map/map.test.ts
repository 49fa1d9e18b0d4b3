import { describe, expect, it } from 'vitest';
import type { MapCamera, Status } from '@/api/types';
import { labelsOf, middleOf } from './basemap';
import { clusterCameras } from './cluster';
import { placeWithoutTouching } from './labels';
import { arcsOf } from './ring';
import { wedgeOf } from './wedge';

const camera = (lon: number, lat: number, status: Status = 'live', id = `${lon}/${lat}`): MapCamera => ({
  id,
  reg_id: id,
  name: { en: id, hi: id },
  lon,
  lat,
  status,
  recorded: false,
  kind: 'fixed',
  bearing_deg: 90,
  fov_deg: 60,
  owner_class: 'shop',
});

describe('clusters', () => {
  const cameras = Array.from({ length: 3000 }, (_, index) =>
    camera(
      80.2 + ((index * 37) % 200) / 1000,
      26.35 + ((index * 53) % 180) / 1000,
      index % 5 ? 'live' : 'offline',
      `c${index}`,
    ),
  );
  it('lose no camera and no state', () => {
    for (const zoom of [9, 11, 13]) {
      const { clusters, singles } = clusterCameras(cameras, zoom);
      expect(clusters.reduce((sum, one) => sum + one.count, 0) + singles.length).toBe(3000);
      const live = clusters.reduce((sum, one) => sum + (one.by_status.live ?? 0), 0);
      expect(live + singles.filter(({ status }) => status === 'live').length).toBe(2400);
    }
  });
  it('hold their cameras within their bounds', () => {
    const { clusters } = clusterCameras([camera(80.3, 26.4), camera(80.3001, 26.4001)], 10);
    expect(clusters[0]?.bounds).toEqual([80.3, 26.4, 80.3001, 26.4001]);
  });
  it('fall apart when looked at closely', () => {
    expect(clusterCameras([camera(80.3, 26.4), camera(80.31, 26.4)], 16).singles).toHaveLength(2);
  });
});

it('a ring is whole and shows every state', () => {
  const arcs = arcsOf({ live: 6, stalled: 1, offline: 3 }, 10);
  expect(arcs.map(({ status }) => status)).toEqual(['live', 'stalled', 'offline']);
  expect(arcs.at(-1)?.to).toBeCloseTo(1);
});

it('a wedge opens where the camera looks', () => {
  const ring = wedgeOf(camera(80, 26), 50)?.geometry.coordinates[0] ?? [];
  expect(ring.every(([lon = 0]) => lon >= 80)).toBe(true);
  expect(wedgeOf({ ...camera(80, 26), bearing_deg: null }, 50)).toBeNull();
});

describe('names', () => {
  const box = (left: number) => ({ left, right: left + 10, top: 0, bottom: 10 });
  it('never touch; the earlier one stays', () => {
    expect(placeWithoutTouching([box(0), box(5), null, box(10)])).toEqual([0, 3]);
  });
  it('keep clear of what is there already', () => {
    expect(placeWithoutTouching([box(0), box(20)], [box(4)])).toEqual([1]);
  });
  it('of a road stand at its middle, readable', () => {
    const middle = middleOf([
      [2, 0],
      [1, 0],
      [0, 0],
    ]);
    expect(middle?.at).toEqual([1, 0]);
    expect(Math.abs(middle?.angle_deg ?? 180)).toBeLessThanOrEqual(90);
  });
  it('are read from points and roads', () => {
    const point = (properties: object) => ({
      type: 'Feature' as const,
      properties,
      geometry: { type: 'Point' as const, coordinates: [80, 26] },
    });
    const labels = labelsOf({
      place: {
        type: 'FeatureCollection',
        features: [
          point({ kind: 'suburb', rank: 3, minzoom: 11.5, name_en: 'Barra', name_hi: 'बर्रा' }),
          point({ kind: 'suburb' }),
        ],
      },
    });
    expect(labels).toEqual([
      expect.objectContaining({ kind: 'area', min_zoom: 11.5, name: { en: 'Barra', hi: 'बर्रा' } }),
    ]);
  });
});

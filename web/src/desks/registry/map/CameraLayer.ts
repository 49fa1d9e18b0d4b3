/** Cameras on the map: symbols, view wedges, cluster rings, the selected one. */
import type { FeatureCollection } from 'geojson';
import { liveness, overlay } from '@/api/liveness';
import type { MapCamera, MapCluster } from '@/api/types';
import { clusterCameras, type Cluster } from './cluster';
import { NIGHT, STATUS_COLOURS, type Scheme } from './colours';
import { Marker, type GeoJSONSource, type MapLibreMap } from './maplibre';
import type { Obstacle } from './labels';
import { ringElement, ringSide } from './ring';
import { addSymbols } from './symbols';
import { wedgeOf } from './wedge';

const SINGLES_FROM_ZOOM = 15;
const WEDGES_FROM_ZOOM = 15;
const WEDGE_REACH_M = 45;

interface Handlers {
  onSelect: (cameraId: string | null) => void;
  number: (value: number) => string;
  clusterLabel: (cluster: Cluster) => string;
  /** Told what the rings cover, so that names keep clear of them. */
  onRings: (rings: Obstacle[]) => void;
}

const collection = (features: FeatureCollection['features']): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});

export class CameraLayer {
  private cameras: MapCamera[] = [];
  private given: MapCluster[] = [];
  private selected: string | null = null;
  private toldRings = '';
  private readonly rings = new Map<string, { marker: Marker; key: string }>();

  constructor(
    private readonly map: MapLibreMap,
    scheme: Scheme,
    private handlers: Handlers,
  ) {
    addSymbols(map, scheme);
    const colours = STATUS_COLOURS[scheme];
    const byStatus = ['match', ['get', 'status'], ...Object.entries(colours).flat(), colours.unknown];
    map.addSource('camera-wedges', { type: 'geojson', data: collection([]) });
    map.addSource('cameras', { type: 'geojson', data: collection([]) });
    map.addLayer({
      id: 'camera-wedges',
      type: 'fill',
      source: 'camera-wedges',
      minzoom: WEDGES_FROM_ZOOM,
      paint: { 'fill-color': byStatus as never, 'fill-opacity': NIGHT.wedge },
    });
    map.addLayer({
      id: 'camera-selected',
      type: 'circle',
      source: 'cameras',
      filter: ['==', ['get', 'id'], ''],
      paint: {
        'circle-radius': 14,
        'circle-color': 'transparent',
        'circle-stroke-width': 2.5,
        'circle-stroke-color': scheme === 'dark' ? '#e8f1fb' : '#16202b',
      },
    });
    map.addLayer({
      id: 'cameras',
      type: 'symbol',
      source: 'cameras',
      layout: {
        'icon-image': ['concat', 'camera-', ['get', 'status']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.7, 15, 1, 18, 1.4],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    });
    map.on('click', this.click);
    map.on('mousemove', this.point);
    map.on('zoomend', this.draw);
  }

  setHandlers(handlers: Handlers): void {
    this.handlers = handlers;
    this.toldRings = '';
    this.draw();
  }

  setData(cameras: MapCamera[], clusters: MapCluster[]): void {
    this.cameras = cameras;
    this.given = clusters;
    this.draw();
  }

  select(cameraId: string | null): void {
    this.selected = cameraId;
    this.map.setFilter('camera-selected', ['==', ['get', 'id'], cameraId ?? '']);
    this.draw();
  }

  remove(): void {
    this.map.off('click', this.click);
    this.map.off('mousemove', this.point);
    this.map.off('zoomend', this.draw);
    this.rings.forEach(({ marker }) => marker.remove());
    this.rings.clear();
    // A style that was replaced took these with it; a map that was removed has no style at all.
    if (!this.map.style || !this.map.getSource('cameras')) return;
    for (const layer of ['cameras', 'camera-selected', 'camera-wedges'])
      if (this.map.getLayer(layer)) this.map.removeLayer(layer);
    for (const source of ['cameras', 'camera-wedges']) if (this.map.getSource(source)) this.map.removeSource(source);
  }

  /** Draws what is known now, states included. */
  readonly draw = (): void => {
    const zoom = this.map.getZoom();
    const cameras = this.cameras.map((camera) => overlay(camera, liveness.get(camera.id)));
    const grouped = this.given.length > 0 ? this.fromServer() : this.group(cameras, zoom);
    this.source('cameras')?.setData(
      collection(
        grouped.singles.map((camera) => ({
          type: 'Feature',
          properties: { id: camera.id, status: camera.status },
          geometry: { type: 'Point', coordinates: [camera.lon, camera.lat] },
        })),
      ),
    );
    const wedges = zoom < WEDGES_FROM_ZOOM - 0.5 ? [] : grouped.singles.map((camera) => wedgeOf(camera, WEDGE_REACH_M));
    this.source('camera-wedges')?.setData(collection(wedges.filter((wedge) => wedge !== null)));
    this.drawRings(grouped.clusters);
    this.tellRings(grouped.clusters);
  };

  /** Names are placed anew only when rings moved, not whenever a state changes. */
  private tellRings(clusters: Cluster[]): void {
    const key = clusters.map(({ id, count }) => `${id}:${count}`).join(' ');
    if (key === this.toldRings) return;
    this.toldRings = key;
    this.handlers.onRings(clusters.map(({ lon, lat, count }) => ({ lon, lat, radius_px: ringSide(count) / 2 })));
  }

  private group(cameras: MapCamera[], zoom: number) {
    if (zoom >= SINGLES_FROM_ZOOM) return { clusters: [], singles: cameras };
    const selected = cameras.find((camera) => camera.id === this.selected);
    const grouped = clusterCameras(cameras, Math.floor(zoom * 2) / 2);
    // The selected camera is seen even inside a cluster.
    if (selected && !grouped.singles.includes(selected)) grouped.singles.push(selected);
    return grouped;
  }

  private fromServer(): { clusters: Cluster[]; singles: MapCamera[] } {
    const clusters = this.given.map<Cluster>((one) => ({
      ...one,
      id: `${one.lon}/${one.lat}`,
      bounds: [one.lon, one.lat, one.lon, one.lat],
    }));
    return { clusters, singles: [] };
  }

  private source(name: string): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }

  private drawRings(clusters: Cluster[]): void {
    const keep = new Set(clusters.map(({ id }) => id));
    for (const [id, { marker }] of this.rings)
      if (!keep.has(id)) {
        marker.remove();
        this.rings.delete(id);
      }
    for (const cluster of clusters) {
      const number = this.handlers.number(cluster.count);
      const key = `${number} ${JSON.stringify(cluster.by_status)} ${cluster.lon} ${this.handlers.clusterLabel(cluster)}`;
      const known = this.rings.get(cluster.id);
      if (known?.key === key) continue;
      known?.marker.remove();
      const element = ringElement(cluster, number, this.handlers.clusterLabel(cluster));
      element.addEventListener('click', (event) => {
        event.stopPropagation();
        this.open(cluster);
      });
      const marker = new Marker({ element }).setLngLat([cluster.lon, cluster.lat]).addTo(this.map);
      this.rings.set(cluster.id, { marker, key });
    }
  }

  private open(cluster: Cluster): void {
    const [west, south, east, north] = cluster.bounds;
    const zoom = this.map.getZoom();
    if (east - west < 1e-5 && north - south < 1e-5)
      this.map.easeTo({
        center: [cluster.lon, cluster.lat],
        zoom: Math.max(zoom + 2, Math.min(SINGLES_FROM_ZOOM, zoom + 3)),
      });
    else this.map.fitBounds(cluster.bounds, { padding: 90, maxZoom: Math.max(SINGLES_FROM_ZOOM + 0.5, zoom + 1) });
  }

  private cameraAt(point: { x: number; y: number }): string | null {
    if (!this.map.getLayer('cameras')) return null;
    const reach = 8;
    const [found] = this.map.queryRenderedFeatures(
      [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ],
      { layers: ['cameras'] },
    );
    return (found?.properties.id as string | undefined) ?? null;
  }

  private readonly click = (event: { point: { x: number; y: number } }): void => {
    this.handlers.onSelect(this.cameraAt(event.point));
  };

  private readonly point = (event: { point: { x: number; y: number } }): void => {
    this.map.getCanvas().style.cursor = this.cameraAt(event.point) ? 'pointer' : '';
  };
}

/** Rings on a map around cameras with open alarms. */
import { Marker, type MapLibreMap } from '@/desks/registry/map/maplibre';
import classes from './alarms.module.css';
import type { CameraAlarms } from './types';

const MOST = 300;

/** Draws them; the answer takes them away again. The worst come first when there are too many to draw. */
export function ringAlarms(map: MapLibreMap, alarms: CameraAlarms[], label: (one: CameraAlarms) => string): () => void {
  const weight = { critical: 3, high: 2, medium: 1, low: 0 };
  const drawn = [...alarms].sort((a, b) => weight[b.severity] - weight[a.severity]).slice(0, MOST);
  const markers = drawn.map((one) => {
    const element = document.createElement('div');
    element.className = classes.onMap ?? '';
    element.dataset.severity = one.severity;
    if (one.new) element.dataset.new = '';
    element.title = label(one);
    return new Marker({ element }).setLngLat([one.lon, one.lat]).addTo(map);
  });
  return () => markers.forEach((marker) => void marker.remove());
}

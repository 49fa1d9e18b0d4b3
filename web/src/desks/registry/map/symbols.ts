/** Camera symbols as small pictures: the shapes of StatusIcon with a rim that keeps them apart from the map. */
import type { Map as MapLibreMap } from 'maplibre-gl';
import { STATUSES } from '@/api/types';
import { STATUS_SHAPES } from '@/kit';
import { STATUS_COLOURS, type Scheme } from './colours';

const SIDE_PX = 20;
const RATIO = 2;

export function addSymbols(map: MapLibreMap, scheme: Scheme): void {
  for (const status of STATUSES) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SIDE_PX * RATIO;
    const draw = canvas.getContext('2d');
    if (!draw) continue;
    draw.scale(RATIO, RATIO);
    draw.translate(4, 4);
    const shape = STATUS_SHAPES[status];
    const path = new Path2D(shape.path);
    const rim = scheme === 'dark' ? '#0b121a' : '#ffffff';
    const colour = STATUS_COLOURS[scheme][status];
    draw.lineJoin = 'round';
    draw.strokeStyle = rim;
    draw.lineWidth = shape.hollow ? 4.5 : 3;
    draw.stroke(path);
    if (shape.hollow) {
      draw.fillStyle = rim;
      draw.fill(path);
      draw.strokeStyle = colour;
      draw.lineWidth = 2;
      draw.stroke(path);
    } else {
      draw.fillStyle = colour;
      draw.fill(path);
    }
    const picture = draw.getImageData(0, 0, canvas.width, canvas.height);
    const name = `camera-${status}`;
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, picture, { pixelRatio: RATIO });
  }
}

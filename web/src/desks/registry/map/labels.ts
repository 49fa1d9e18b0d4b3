/**
 * Names on the map as HTML, since MapLibre does not shape Devanagari. More important names win; a name that would
 * touch one already placed is left out until there is room.
 */
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Language } from '@/i18n';
import classes from './labels.module.css';

export interface MapLabel {
  lon: number;
  lat: number;
  /** Style class: area, water, road, rail, landmark, station, ... */
  kind: string;
  /** Lower is more important. */
  rank: number;
  min_zoom: number;
  max_zoom: number;
  name: { en: string; hi: string };
  /** Degrees clockwise, for names along a road or a river. */
  angle_deg?: number;
}

const SIZES: Record<string, number> = { city: 20, area: 13, water: 13, road: 11, landmark: 11.5 };
const GAP_PX = 6;

/** Something drawn over the map that no name may touch. */
export interface Obstacle {
  lon: number;
  lat: number;
  radius_px: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Indexes of the boxes that keep clear of `taken` and of every earlier one, in order. */
export function placeWithoutTouching(boxes: readonly (Box | null)[], taken: readonly Box[] = []): number[] {
  const placed: Box[] = [...taken];
  const kept: number[] = [];
  boxes.forEach((box, index) => {
    if (!box) return;
    const touches = placed.some(
      (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
    );
    if (touches) return;
    placed.push(box);
    kept.push(index);
  });
  return kept;
}

export class LabelLayer {
  private readonly layer = document.createElement('div');
  private readonly elements = new Map<number, HTMLElement>();
  private readonly measure = document.createElement('canvas').getContext('2d');
  private labels: MapLabel[] = [];
  private widths: number[] = [];
  private language: Language = 'hi';
  private shown: number[] = [];
  private obstacles: Obstacle[] = [];

  constructor(private readonly map: MapLibreMap) {
    this.layer.className = classes.layer ?? '';
    map.getCanvasContainer().append(this.layer);
    map.on('move', this.follow);
    map.on('moveend', this.place);
    map.on('resize', this.place);
  }

  set(labels: MapLabel[], language: Language): void {
    this.labels = [...labels].sort((a, b) => a.rank - b.rank);
    this.language = language;
    this.elements.forEach((element) => element.remove());
    this.elements.clear();
    this.widths = [];
    this.place();
  }

  setObstacles(obstacles: Obstacle[]): void {
    this.obstacles = obstacles;
    this.place();
  }

  remove(): void {
    this.map.off('move', this.follow);
    this.map.off('moveend', this.place);
    this.map.off('resize', this.place);
    this.layer.remove();
  }

  private textOf(label: MapLabel): string {
    return label.name[this.language] || label.name.en || label.name.hi;
  }

  private widthOf(index: number, label: MapLabel): number {
    const known = this.widths[index];
    if (known !== undefined) return known;
    const size = SIZES[label.kind] ?? 12;
    let width = this.textOf(label).length * size * 0.55;
    if (this.measure) {
      this.measure.font = `500 ${size}px 'Inter Variable', 'Noto Sans Devanagari Variable', sans-serif`;
      width = this.measure.measureText(this.textOf(label)).width * (label.kind === 'area' ? 1.08 : 1);
    }
    this.widths[index] = width;
    return width;
  }

  /** Which names stand, decided anew when the map comes to rest. */
  private readonly place = (): void => {
    const zoom = this.map.getZoom();
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const boxes = this.labels.map<Box | null>((label, index) => {
      if (zoom < label.min_zoom || zoom > label.max_zoom) return null;
      const { x, y } = this.map.project([label.lon, label.lat]);
      if (x < 0 || y < 0 || x > width || y > height) return null;
      const turn = ((label.angle_deg ?? 0) * Math.PI) / 180;
      const long = this.widthOf(index, label) / 2 + GAP_PX;
      const tall = (SIZES[label.kind] ?? 12) * 0.8;
      const halfWidth = Math.abs(long * Math.cos(turn)) + Math.abs(tall * Math.sin(turn));
      const halfHeight = Math.abs(long * Math.sin(turn)) + Math.abs(tall * Math.cos(turn));
      return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
    });
    const taken = this.obstacles.map(({ lon, lat, radius_px }) => {
      const { x, y } = this.map.project([lon, lat]);
      return { left: x - radius_px, right: x + radius_px, top: y - radius_px, bottom: y + radius_px };
    });
    this.shown = placeWithoutTouching(boxes, taken);
    const keep = new Set(this.shown);
    for (const [index, element] of this.elements)
      if (!keep.has(index)) {
        element.remove();
        this.elements.delete(index);
      }
    for (const index of this.shown) if (!this.elements.has(index)) this.elements.set(index, this.make(index));
    this.follow();
  };

  private make(index: number): HTMLElement {
    const element = document.createElement('span');
    const label = this.labels[index];
    if (!label) return element;
    element.className = classes.label ?? '';
    element.dataset.kind = label.kind;
    element.lang = this.language;
    element.textContent = this.textOf(label);
    this.layer.append(element);
    return element;
  }

  private readonly follow = (): void => {
    const bearing = this.map.getBearing();
    for (const index of this.shown) {
      const label = this.labels[index];
      const element = this.elements.get(index);
      if (!label || !element) continue;
      const { x, y } = this.map.project([label.lon, label.lat]);
      const turn = label.angle_deg === undefined ? '' : ` rotate(${label.angle_deg - bearing}deg)`;
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)${turn}`;
    }
  };
}

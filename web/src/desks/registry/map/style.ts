/** The base map drawn by us, from the centre's own GeoJSON layers or from a PMTiles file with Protomaps' layers. */
import type { FeatureCollection } from 'geojson';
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { DAY, NIGHT, type MapColours, type Scheme } from './colours';

export type BasemapLayers = Record<string, FeatureCollection>;
type Expression = unknown[];
type Paint = Record<string, unknown>;

/** Where a layer's features come from, or null when this base map has none. */
type Source = (layer: string) => { source: string; 'source-layer'?: string } | null;

/** Pixels growing with zoom, for lines of one class. */
const width = (at10: number, at14: number, at17: number): Expression => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  10,
  at10,
  14,
  at14,
  17,
  at17,
];
const kindIn = (...kinds: string[]): Expression => ['in', ['get', 'kind'], ['literal', kinds]];
const isA = (type: 'Polygon' | 'LineString'): Expression => ['==', ['geometry-type'], type];

interface RoadClass {
  kinds: string[];
  colour: keyof MapColours;
  minzoom: number;
  widths: [number, number, number];
}

/** Least important first: drawn in this order, so that a highway lies over a lane. */
const ROADS: RoadClass[] = [
  { kinds: ['service', 'path', 'other'], colour: 'lane', minzoom: 13.5, widths: [0, 1, 5] },
  { kinds: ['residential', 'minor_road'], colour: 'lane', minzoom: 12.3, widths: [0.2, 1.5, 8] },
  { kinds: ['tertiary'], colour: 'minor', minzoom: 11, widths: [0.5, 2.4, 11] },
  { kinds: ['secondary'], colour: 'minor', minzoom: 9, widths: [0.8, 3.4, 14] },
  { kinds: ['primary', 'major_road'], colour: 'major', minzoom: 0, widths: [1.2, 4.4, 17] },
  { kinds: ['trunk', 'motorway', 'highway'], colour: 'motorway', minzoom: 0, widths: [1.7, 5.4, 20] },
];

class Drawing {
  readonly layers: LayerSpecification[] = [];
  constructor(
    private readonly source: Source,
    private readonly colours: MapColours,
  ) {}

  fill(
    id: string,
    layer: string,
    colour: keyof MapColours,
    filter?: Expression,
    minzoom = 0,
    opacity: unknown = 1,
  ): this {
    return this.add(
      'fill',
      id,
      layer,
      { 'fill-color': this.colours[colour], 'fill-opacity': opacity },
      filter,
      minzoom,
    );
  }

  line(id: string, layer: string, colour: keyof MapColours, paint: Paint, filter?: Expression, minzoom = 0): this {
    return this.add('line', id, layer, { 'line-color': this.colours[colour], ...paint }, filter, minzoom);
  }

  private add(
    type: 'fill' | 'line',
    id: string,
    layer: string,
    paint: Paint,
    filter: Expression | undefined,
    minzoom: number,
  ): this {
    const source = this.source(layer);
    if (!source) return this;
    this.layers.push({
      id,
      type,
      ...source,
      minzoom,
      paint,
      ...(filter ? { filter } : {}),
      ...(type === 'line' && !('line-dasharray' in paint)
        ? { layout: { 'line-cap': 'round', 'line-join': 'round' } }
        : {}),
    } as unknown as LayerSpecification);
    return this;
  }

  roads(): this {
    for (const part of ['casing', 'surface'] as const)
      for (const { kinds, colour, minzoom, widths } of ROADS) {
        const [a, b, c] = widths;
        const rim = part === 'casing';
        this.line(
          `road-${part}-${kinds[0]}`,
          'road',
          rim ? 'casing' : colour,
          { 'line-width': rim ? width(a + 0.6, b + 1.5, c + 2.6) : width(a, b, c) },
          kindIn(...kinds),
          rim ? Math.max(minzoom, 11) : minzoom,
        );
      }
    return this;
  }
}

function layersOf(source: Source, colours: MapColours, hasLand: boolean): LayerSpecification[] {
  const drawing = new Drawing(source, colours)
    .fill('land', 'land', 'ground')
    .fill('built', 'built', 'built', undefined, 0, [
      'interpolate',
      ['linear'],
      ['coalesce', ['get', 'density'], 1],
      1,
      0.45,
      3,
      1,
    ])
    .fill(
      'landuse-work',
      'landuse',
      'industry',
      kindIn('industrial', 'railway', 'railway_station', 'bus_station', 'military', 'airport', 'aerodrome'),
    )
    .fill(
      'landuse-people',
      'landuse',
      'civic',
      kindIn('commercial', 'university', 'college', 'school', 'hospital', 'office', 'stadium', 'temple', 'church'),
    )
    .fill('green-fields', 'green', 'orchard', kindIn('orchard', 'farmland', 'grass', 'meadow', 'scrub'))
    .fill('green', 'green', 'green', kindIn('wood', 'forest', 'park', 'zoo', 'garden', 'golf_course', 'nature_reserve'))
    .fill('water', 'water', 'water', ['all', isA('Polygon'), ['!=', ['get', 'kind'], 'sand']] as Expression)
    .line('water-edge', 'water', 'waterEdge', { 'line-width': width(0.6, 1, 1.6) }, [
      'all',
      isA('Polygon'),
      ['!=', ['get', 'kind'], 'sand'],
    ])
    .fill('sand', 'water', 'sand', kindIn('sand'))
    .line('waterway', 'water', 'water', { 'line-width': width(1, 2.6, 7) }, isA('LineString'))
    .fill('building', 'building', 'building', undefined, 13, ['interpolate', ['linear'], ['zoom'], 13, 0, 14.2, 1])
    .roads()
    .line('rail', 'rail', 'rail', { 'line-width': width(1, 2, 3.6) }, kindIn('rail', 'light_rail'))
    .line(
      'rail-ties',
      'rail',
      'ground',
      { 'line-width': width(0.4, 1, 2.2), 'line-dasharray': [4, 4] },
      kindIn('rail', 'light_rail'),
      11.5,
    )
    .line('rail-yard', 'rail', 'rail', { 'line-width': width(0.3, 0.8, 1.8) }, kindIn('yard'), 12.5)
    .line('metro', 'rail', 'metro', { 'line-width': width(1, 2.4, 5), 'line-opacity': 0.75 }, kindIn('metro', 'subway'))
    .line(
      'boundary-ward',
      'boundary_ward',
      'boundary',
      { 'line-width': 0.8, 'line-opacity': 0.2, 'line-dasharray': [1, 3] },
      undefined,
      13.5,
    )
    .line(
      'boundary-station',
      'boundary_police_station',
      'boundary',
      { 'line-width': 1, 'line-opacity': 0.3, 'line-dasharray': [3, 3] },
      undefined,
      11.5,
    )
    .line('boundary-zone', 'boundary_zone', 'boundary', {
      'line-width': width(1.2, 2, 3),
      'line-opacity': 0.4,
      'line-dasharray': [5, 3],
    });
  const background = hasLand ? colours.outside : colours.ground;
  return [{ id: 'background', type: 'background', paint: { 'background-color': background } }, ...drawing.layers];
}

const coloursOf = (scheme: Scheme) => (scheme === 'dark' ? NIGHT : DAY);

/** Our drawing of the centre's own layers (docs/basemap.md), each its own source. */
export function geojsonStyle(layers: BasemapLayers, scheme: Scheme): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {};
  for (const [name, data] of Object.entries(layers)) sources[name] = { type: 'geojson', data, tolerance: 0.2 };
  const source: Source = (layer) => (layer in layers ? { source: layer } : null);
  return { version: 8, sources, layers: layersOf(source, coloursOf(scheme), 'land' in layers) };
}

/** Our layer names in Protomaps' tiles. Its boundaries are left out: they are not India's as India draws them. */
const IN_TILES: Record<string, string> = {
  land: 'earth',
  landuse: 'landuse',
  green: 'landuse',
  water: 'water',
  building: 'buildings',
  road: 'roads',
  rail: 'roads',
};

export function pmtilesStyle(url: string, scheme: Scheme): StyleSpecification {
  const source: Source = (layer) => {
    const inTiles = IN_TILES[layer];
    return inTiles ? { source: 'tiles', 'source-layer': inTiles } : null;
  };
  return {
    version: 8,
    sources: { tiles: { type: 'vector', url: `pmtiles://${new URL(url, location.href).href}` } },
    layers: layersOf(source, coloursOf(scheme), true),
  };
}

/** No base map: cameras on plain ground. */
export function emptyStyle(scheme: Scheme): StyleSpecification {
  return { version: 8, sources: {}, layers: layersOf(() => null, coloursOf(scheme), false) };
}

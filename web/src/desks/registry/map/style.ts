/** The base map drawn by us, from the centre's own GeoJSON layers or from a PMTiles file with Protomaps' layers. */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import { DAY, NIGHT, type MapColours, type Scheme } from './colours';

export type BasemapLayers = Record<string, FeatureCollection>;
type Expression = unknown[];

/** Width in pixels growing with zoom, for lines of one class. */
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

interface RoadClass {
  classes: string[];
  colour: keyof MapColours;
  minzoom: number;
  widths: [number, number, number];
}

/** Least important first: drawn in this order, so that a highway lies over a lane. */
const ROADS: RoadClass[] = [
  { classes: ['service', 'lane', 'path', 'other'], colour: 'lane', minzoom: 13.5, widths: [0, 1, 5] },
  {
    classes: ['residential', 'street', 'minor', 'local', 'minor_road'],
    colour: 'lane',
    minzoom: 12.5,
    widths: [0, 1.6, 8],
  },
  { classes: ['tertiary', 'collector'], colour: 'minor', minzoom: 11, widths: [0.6, 2.6, 11] },
  { classes: ['secondary', 'sub_arterial'], colour: 'minor', minzoom: 10, widths: [1, 3.6, 14] },
  { classes: ['primary', 'arterial', 'major_road'], colour: 'major', minzoom: 0, widths: [1.6, 4.8, 17] },
  { classes: ['motorway', 'trunk', 'highway', 'expressway'], colour: 'motorway', minzoom: 0, widths: [2, 6, 20] },
];

interface Naming {
  source: (layer: string) => { source: string; 'source-layer'?: string };
  has: (layer: string) => boolean;
  /** Property that holds a line's or a polygon's class. */
  kind: string;
  roads: string;
}

function fill(
  id: string,
  of: Naming,
  layer: string,
  colour: string,
  filter?: Expression,
  minzoom = 0,
): LayerSpecification[] {
  if (!of.has(layer)) return [];
  return [
    { id, type: 'fill', ...of.source(layer), minzoom, ...(filter ? { filter } : {}), paint: { 'fill-color': colour } },
  ] as unknown as LayerSpecification[];
}

function roadLayers(of: Naming, colours: MapColours): LayerSpecification[] {
  if (!of.has(of.roads)) return [];
  const source = of.source(of.roads);
  const layout = { 'line-cap': 'round', 'line-join': 'round' };
  const line = (part: 'casing' | 'fill', at: RoadClass, index: number) => {
    const [a, b, c] = at.widths;
    const rim = part === 'casing' ? 1 : 0;
    return {
      id: `road-${part}-${index}`,
      type: 'line',
      ...source,
      minzoom: at.minzoom,
      filter: ['in', ['get', of.kind], ['literal', at.classes]],
      layout,
      paint: {
        'line-color': part === 'casing' ? colours.casing : colours[at.colour],
        'line-width': width(a + rim * (a > 0 ? 0.8 : 0), b + rim * 1.4, c + rim * 2.4),
      },
    };
  };
  return [
    ...ROADS.map((at, index) => line('casing', at, index)),
    ...ROADS.map((at, index) => line('fill', at, index)),
  ] as unknown as LayerSpecification[];
}

function layersOf(of: Naming, colours: MapColours): LayerSpecification[] {
  const kind = (...values: string[]): Expression => ['in', ['get', of.kind], ['literal', values]];
  const lines: LayerSpecification[] = [];
  if (of.has('rail'))
    lines.push(
      {
        id: 'rail',
        type: 'line',
        ...of.source('rail'),
        paint: { 'line-color': colours.rail, 'line-width': width(1, 2.2, 4) },
      } as unknown as LayerSpecification,
      {
        id: 'rail-ties',
        type: 'line',
        ...of.source('rail'),
        minzoom: 11.5,
        paint: { 'line-color': colours.railTie, 'line-width': width(0.4, 1.1, 2.4), 'line-dasharray': [3, 3] },
      } as unknown as LayerSpecification,
    );
  if (of.has('boundaries'))
    lines.push(
      {
        id: 'boundaries-minor',
        type: 'line',
        ...of.source('boundaries'),
        minzoom: 12,
        filter: ['in', ['get', 'level'], ['literal', ['circle', 'police_station', 'ward']]],
        paint: { 'line-color': colours.boundary, 'line-opacity': 0.22, 'line-width': 1, 'line-dasharray': [2, 3] },
      } as unknown as LayerSpecification,
      {
        id: 'boundaries-major',
        type: 'line',
        ...of.source('boundaries'),
        filter: ['in', ['get', 'level'], ['literal', ['city', 'district', 'zone']]],
        paint: {
          'line-color': colours.boundary,
          'line-opacity': ['match', ['get', 'level'], 'zone', 0.35, 0.6],
          'line-width': ['match', ['get', 'level'], 'zone', 1.2, 2],
          'line-dasharray': [5, 3],
        },
      } as unknown as LayerSpecification,
    );
  return [
    {
      id: 'background',
      type: 'background',
      paint: { 'background-color': of.has('land') ? colours.outside : colours.ground },
    },
    ...fill('land', of, 'land', colours.ground),
    ...fill(
      'landuse-built',
      of,
      'landuse',
      colours.built,
      kind('residential', 'built', 'commercial', 'retail', 'old_city'),
    ),
    ...fill(
      'landuse-industry',
      of,
      'landuse',
      colours.industry,
      kind('industrial', 'industry', 'railway', 'military', 'cantonment', 'institution', 'university', 'hospital'),
    ),
    ...fill('landuse-sand', of, 'landuse', colours.sand, kind('sand', 'beach')),
    ...fill(
      'landuse-green',
      of,
      'landuse',
      colours.green,
      kind('park', 'forest', 'wood', 'grass', 'green', 'zoo', 'golf', 'garden'),
    ),
    ...fill('green', of, 'green', colours.green),
    ...fill('water', of, 'water', colours.water, ['==', ['geometry-type'], 'Polygon']),
    ...(of.has('water')
      ? [
          {
            id: 'water-edge',
            type: 'line',
            ...of.source('water'),
            paint: { 'line-color': colours.waterEdge, 'line-width': width(0.5, 1, 1.6) },
          } as unknown as LayerSpecification,
        ]
      : []),
    ...fill('buildings', of, 'buildings', colours.building, undefined, 14),
    ...roadLayers(of, colours),
    ...lines,
  ];
}

/** Our drawing of GeoJSON layers (docs/basemap.md), each its own source. */
export function geojsonStyle(layers: BasemapLayers, scheme: Scheme): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {};
  for (const [name, data] of Object.entries(layers)) sources[name] = { type: 'geojson', data, tolerance: 0.3 };
  const of: Naming = {
    source: (layer) => ({ source: layer }),
    has: (layer) => layer in layers,
    kind: 'kind',
    roads: 'roads',
  };
  return { version: 8, sources, layers: layersOf(of, scheme === 'dark' ? NIGHT : DAY) };
}

const PMTILES_LAYERS = new Set(['water', 'landuse', 'roads', 'buildings']);

/** The same drawing over vector tiles in a local PMTiles file. Its boundaries are never drawn: they are not India's. */
export function pmtilesStyle(url: string, scheme: Scheme): StyleSpecification {
  const of: Naming = {
    source: (layer) => ({ source: 'tiles', 'source-layer': layer }),
    has: (layer) => PMTILES_LAYERS.has(layer),
    kind: 'kind',
    roads: 'roads',
  };
  return {
    version: 8,
    sources: { tiles: { type: 'vector', url: `pmtiles://${new URL(url, location.href).href}` } },
    layers: layersOf(of, scheme === 'dark' ? NIGHT : DAY),
  };
}

/** No base map: cameras on plain ground. */
export function emptyStyle(scheme: Scheme): StyleSpecification {
  const colours = scheme === 'dark' ? NIGHT : DAY;
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'background', type: 'background', paint: { 'background-color': colours.ground } }],
  };
}

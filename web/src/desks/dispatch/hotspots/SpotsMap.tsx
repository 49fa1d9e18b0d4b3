import type { FeatureCollection } from 'geojson';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import mapClasses from '@/desks/registry/map/CityMap.module.css';
import type { GeoJSONSource } from '@/desks/registry/map/maplibre';
import { useBaseMap } from '@/desks/registry/map/useBaseMap';
import classes from '../dispatch.module.css';
import type { HotCell } from '../types';

const SOURCE = 'hot-spots';
const COLOURS = { dark: { hot: '#ef5a5a', dark: '#e2c03b' }, light: { hot: '#c92a2a', dark: '#8d7100' } };

interface Props {
  cells: HotCell[];
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Cells of the grid, the denser the more; those that no working camera sees have an edge of their own. */
export default function SpotsMap({ cells, selected, onSelect }: Props) {
  const { t } = useTranslation('dispatch');
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });

  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const most = Math.max(1, ...cells.map((one) => one.weight));
    const data: FeatureCollection = {
      type: 'FeatureCollection',
      features: cells.map(({ id, box: [west, south, east, north], weight, count, dark }) => ({
        type: 'Feature',
        geometry: {
          type: 'Polygon',
          coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
        properties: { id, dark, count, share: 0.2 + 0.65 * (weight / most), edge: id === selected ? 4 : dark ? 2.5 : 0.5 },
      })),
    }; // prettier-ignore
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (source) {
      source.setData(data);
      return;
    }
    const colours = COLOURS[scheme];
    map.addSource(SOURCE, { type: 'geojson', data });
    map.addLayer({
      id: SOURCE,
      type: 'fill',
      source: SOURCE,
      paint: { 'fill-color': colours.hot, 'fill-opacity': ['get', 'share'] },
    });
    map.addLayer({
      id: `${SOURCE}-edge`,
      type: 'line',
      source: SOURCE,
      paint: { 'line-color': ['case', ['get', 'dark'], colours.dark, colours.hot], 'line-width': ['get', 'edge'] },
    });
  }, [map, scheme, styleVersion, cells, selected]);

  useEffect(() => {
    if (!map) return;
    const clicked = (event: { point: { x: number; y: number } }) => {
      if (!map.getLayer(SOURCE)) return;
      const [found] = map.queryRenderedFeatures([event.point.x, event.point.y], { layers: [SOURCE] });
      if (found) select.current(String(found.properties.id));
    };
    map.on('click', clicked);
    return () => void map.off('click', clicked);
  }, [map]);

  const spot = cells.find(({ id }) => id === selected);
  useEffect(() => {
    if (map && spot) map.easeTo({ center: [spot.lon, spot.lat], zoom: Math.max(map.getZoom(), 14), duration: 300 });
  }, [map, spot]);

  return (
    <div className={classes.mapFrame}>
      <div
        ref={container}
        className={mapClasses.map}
        data-scheme={scheme}
        role="region"
        aria-label={t('hotspots.map')}
      />
    </div>
  );
}

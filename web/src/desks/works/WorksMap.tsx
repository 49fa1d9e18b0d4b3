import type { FeatureCollection, Geometry } from 'geojson';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../registry/map/CityMap.module.css';
import type { GeoJSONSource } from '../registry/map/maplibre';
import { useBaseMap } from '../registry/map/useBaseMap';
import { STATES, type MapPackage, type WorkState } from './types';
import own from './works.module.css';

const SOURCE = 'works';
const COLOURS: Record<'dark' | 'light', Record<WorkState, string>> = {
  dark: { late: '#ef5a5a', behind: '#e2a93b', on_track: '#4a9de8', not_started: '#8493a4', done: '#3fbf7f' },
  light: { late: '#c92a2a', behind: '#a86a00', on_track: '#1c6fc0', not_started: '#66727f', done: '#14824b' },
};
const LAYERS = [`${SOURCE}-areas`, `${SOURCE}-lines`, `${SOURCE}-points`] as const;

interface Props {
  items: MapPackage[];
  selected: string | null;
  onOpen: (id: string) => void;
}

/** Packages drawn by state; work that others wait for is drawn thicker. */
export default function WorksMap({ items, selected, onOpen }: Props) {
  const { t } = useTranslation('works');
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const colours = COLOURS[scheme];
    const colour = ['match', ['get', 'state'], ...Object.entries(colours).flat(), colours.not_started] as never;
    const width = ['case', ['get', 'selected'], 9, ['get', 'critical'], 6, 3.5] as never;
    const data: FeatureCollection = {
      type: 'FeatureCollection',
      features: items.map(({ geometry, id, state, critical }) => ({
        type: 'Feature',
        geometry: geometry as unknown as Geometry,
        properties: { id, state, critical, selected: id === selected },
      })),
    };
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (source) {
      source.setData(data);
      return;
    }
    map.addSource(SOURCE, { type: 'geojson', data });
    map.addLayer({
      id: LAYERS[0],
      type: 'fill',
      source: SOURCE,
      filter: ['match', ['geometry-type'], ['Polygon', 'MultiPolygon'], true, false],
      paint: { 'fill-color': colour, 'fill-opacity': 0.25 },
    });
    map.addLayer({
      id: LAYERS[1],
      type: 'line',
      source: SOURCE,
      filter: ['match', ['geometry-type'], ['Point', 'MultiPoint'], false, true],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': width },
    });
    map.addLayer({
      id: LAYERS[2],
      type: 'circle',
      source: SOURCE,
      filter: ['match', ['geometry-type'], ['Point', 'MultiPoint'], true, false],
      paint: {
        'circle-color': colour,
        'circle-radius': ['case', ['get', 'selected'], 9, 6] as never,
        'circle-stroke-width': 1.5,
        'circle-stroke-color': scheme === 'dark' ? '#101821' : '#ffffff',
      },
    });
  }, [map, scheme, styleVersion, items, selected]);

  useEffect(() => {
    if (!map) return;
    const at = (point: { x: number; y: number }) => {
      if (!map.getLayer(LAYERS[1])) return null;
      const near: [[number, number], [number, number]] = [
        [point.x - 6, point.y - 6],
        [point.x + 6, point.y + 6],
      ];
      const [found] = map.queryRenderedFeatures(near, { layers: [...LAYERS].reverse() });
      return (found?.properties.id as string | undefined) ?? null;
    };
    const click = (event: { point: { x: number; y: number } }) => {
      const id = at(event.point);
      if (id) open.current(id);
    };
    const move = (event: { point: { x: number; y: number } }) => {
      map.getCanvas().style.cursor = at(event.point) ? 'pointer' : '';
    };
    map.on('click', click);
    map.on('mousemove', move);
    return () => {
      map.off('click', click);
      map.off('mousemove', move);
    };
  }, [map]);

  return (
    <>
      <div ref={container} className={classes.map} data-scheme={scheme} role="region" aria-label={t('map.label')} />
      <div className={own.legend}>
        {STATES.map((state) => (
          <span key={state}>
            <i style={{ background: COLOURS[scheme][state] }} aria-hidden />
            {t(`state.${state}`)}
          </span>
        ))}
      </div>
    </>
  );
}

import type { FeatureCollection } from 'geojson';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import mapClasses from '@/desks/registry/map/CityMap.module.css';
import { STATUS_COLOURS } from '@/desks/registry/map/colours';
import type { GeoJSONSource } from '@/desks/registry/map/maplibre';
import { useBaseMap } from '@/desks/registry/map/useBaseMap';
import classes from './incidents.module.css';
import { SEVERITIES, type NearCamera, type Point, type Severity } from './types';

const SOURCE = 'incidents';
const COLOURS: Record<'dark' | 'light', Record<Severity, string>> = {
  dark: { critical: '#ef5a5a', high: '#ef8a45', medium: '#e2c03b', low: '#8493a4' },
  light: { critical: '#c92a2a', high: '#c65a00', medium: '#8d7100', low: '#66727f' },
};

interface Props {
  label: string;
  points: Pick<Point, 'id' | 'severity' | 'lon' | 'lat' | 'late' | 'number'>[];
  /** Cameras around, small. */
  cameras?: Pick<NearCamera, 'lon' | 'lat' | 'status'>[];
  at?: [number, number];
  zoom?: number;
  legend?: boolean;
  onOpen?: (id: string) => void;
}

/** Incidents as points by severity, a ring around those that are late. */
export function PointsMap({ label, points, cameras, at, zoom, legend = false, onOpen }: Props) {
  const { t } = useTranslation('incidents');
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container, at ? { at, zoom: zoom ?? 15.5 } : {});
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const ground = scheme === 'dark' ? '#101821' : '#ffffff';
    const data: FeatureCollection = {
      type: 'FeatureCollection',
      features: [
        ...(cameras ?? []).map((one) => ({
          type: 'Feature' as const,
          geometry: { type: 'Point' as const, coordinates: [one.lon, one.lat] },
          properties: { colour: STATUS_COLOURS[scheme][one.status], size: 4, ring: 1, rank: -1 },
        })),
        ...points.map((one) => ({
          type: 'Feature' as const,
          geometry: { type: 'Point' as const, coordinates: [one.lon, one.lat] },
          properties: {
            id: one.id,
            colour: COLOURS[scheme][one.severity],
            size: 8,
            ring: one.late ? 4 : 2,
            late: one.late,
            rank: -SEVERITIES.indexOf(one.severity),
          },
        })),
      ],
    };
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (source) {
      source.setData(data);
      return;
    }
    map.addSource(SOURCE, { type: 'geojson', data });
    map.addLayer({
      id: SOURCE,
      type: 'circle',
      source: SOURCE,
      layout: { 'circle-sort-key': ['get', 'rank'] },
      paint: {
        'circle-color': ['get', 'colour'],
        'circle-radius': ['get', 'size'],
        'circle-stroke-width': ['get', 'ring'],
        'circle-stroke-color': ['case', ['boolean', ['get', 'late'], false], COLOURS[scheme].critical, ground],
        'circle-stroke-opacity': ['case', ['boolean', ['get', 'late'], false], 0.5, 1],
      },
    });
  }, [map, scheme, styleVersion, points, cameras]);

  useEffect(() => {
    if (!map || !onOpen) return;
    const idAt = (point: { x: number; y: number }) => {
      if (!map.getLayer(SOURCE)) return undefined;
      const found = map.queryRenderedFeatures([point.x, point.y], { layers: [SOURCE] });
      return found.find((one) => one.properties.id)?.properties.id as string | undefined;
    };
    const click = (event: { point: { x: number; y: number } }) => {
      const id = idAt(event.point);
      if (id) open.current?.(id);
    };
    const move = (event: { point: { x: number; y: number } }) => {
      map.getCanvas().style.cursor = idAt(event.point) ? 'pointer' : '';
    };
    map.on('click', click);
    map.on('mousemove', move);
    return () => {
      map.off('click', click);
      map.off('mousemove', move);
    };
  }, [map, onOpen]);

  return (
    <div className={classes.mapFrame}>
      <div ref={container} className={mapClasses.map} data-scheme={scheme} role="region" aria-label={label} />
      {legend && (
        <div className={classes.legend}>
          {SEVERITIES.map((one) => (
            <span key={one}>
              <i style={{ background: COLOURS[scheme][one] }} aria-hidden />
              {t(`severity.${one}`)}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { CameraLayer } from '@/desks/registry/map/CameraLayer';
import mapClasses from '@/desks/registry/map/CityMap.module.css';
import { Marker } from '@/desks/registry/map/maplibre';
import { useBaseMap } from '@/desks/registry/map/useBaseMap';
import { useFormat } from '@/kit';
import { nearQuery } from '../queries';
import type { Severity } from '../types';
import classes from './detail.module.css';

const ZOOM = 16;

/** Where it is, with the cameras around. */
export default function AlarmMap({ lon, lat, severity }: { lon: number; lat: number; severity: Severity }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container, { at: [lon, lat], zoom: ZOOM });
  const may = useCan('camera.view');
  const cameras = useQuery({ ...nearQuery(lon, lat), enabled: may }).data;

  useEffect(() => {
    if (!map) return;
    const element = document.createElement('div');
    element.className = classes.pin ?? '';
    element.dataset.severity = severity;
    const pin = new Marker({ element }).setLngLat([lon, lat]).addTo(map);
    return () => void pin.remove();
  }, [map, lon, lat, severity]);

  useEffect(() => {
    if (!map || styleVersion === 0 || !cameras) return;
    const layer = new CameraLayer(map, scheme, {
      onSelect: () => undefined,
      number: (value) => format.number(value),
      clusterLabel: () => '',
      onRings: () => undefined,
    });
    layer.setData(cameras, []);
    return () => layer.remove();
  }, [map, styleVersion, scheme, cameras, format]);

  return (
    <div className={classes.map}>
      <div ref={container} className={mapClasses.map} data-scheme={scheme} role="region" aria-label={t('part.place')} />
    </div>
  );
}

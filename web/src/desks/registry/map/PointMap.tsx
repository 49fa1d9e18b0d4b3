import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CityMap.module.css';
import { STATUS_COLOURS } from './colours';
import { Marker, type GeoJSONSource } from './maplibre';
import type { PointPickerProps } from './PointPicker';
import { useBaseMap } from './useBaseMap';
import { wedgeOf } from './wedge';

const SOURCE = 'picked-wedge';

export default function PointMap({ value, onChange, bearing_deg, fov_deg, height = 320 }: PointPickerProps) {
  const { t } = useTranslation('registry');
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container, value ? { at: value, zoom: 16 } : {});
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });

  const [lon, lat] = value ?? [];
  useEffect(() => {
    if (!map || lon === undefined || lat === undefined) return;
    const pin = new Marker({ color: '#2f78c4', draggable: true }).setLngLat([lon, lat]).addTo(map);
    pin.on('dragend', () => {
      const at = pin.getLngLat();
      change.current([at.lng, at.lat]);
    });
    return () => void pin.remove();
  }, [map, lon, lat]);

  useEffect(() => {
    if (!map) return;
    const pick = (event: { lngLat: { lng: number; lat: number } }) =>
      change.current([event.lngLat.lng, event.lngLat.lat]);
    map.getCanvas().style.cursor = 'crosshair';
    map.on('click', pick);
    return () => void map.off('click', pick);
  }, [map]);

  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const wedge =
      lon === undefined || lat === undefined
        ? null
        : wedgeOf({ id: '', lon, lat, status: 'live', bearing_deg: bearing_deg ?? null, fov_deg: fov_deg ?? null }, 45);
    const data = { type: 'FeatureCollection' as const, features: wedge ? [wedge] : [] };
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (source) source.setData(data);
    else {
      map.addSource(SOURCE, { type: 'geojson', data });
      map.addLayer({
        id: SOURCE,
        type: 'fill',
        source: SOURCE,
        paint: { 'fill-color': STATUS_COLOURS[scheme].live, 'fill-opacity': 0.3 },
      });
    }
  }, [map, styleVersion, scheme, lon, lat, bearing_deg, fov_deg]);

  return (
    <div style={{ position: 'relative', height }}>
      <div ref={container} className={classes.map} data-scheme={scheme} role="region" aria-label={t('map.pick')} />
    </div>
  );
}

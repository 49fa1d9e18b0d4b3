import type { FeatureCollection } from 'geojson';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import mapClasses from '@/desks/registry/map/CityMap.module.css';
import type { GeoJSONSource } from '@/desks/registry/map/maplibre';
import { useBaseMap } from '@/desks/registry/map/useBaseMap';

const SOURCE = 'ward-values';

interface Props {
  shapes: FeatureCollection;
  /** Fill by the ward's path. */
  colours: Record<string, string>;
  selected: string | null;
  onSelect: (path: string | null) => void;
}

/** The wards, filled by their value over the city's map. */
export default function WardMap({ shapes, colours, selected, onSelect }: Props) {
  const { t } = useTranslation('targets');
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });

  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const data: FeatureCollection = {
      type: 'FeatureCollection',
      features: shapes.features.map((feature) => {
        const path = String(feature.properties?.path ?? '');
        return {
          ...feature,
          properties: { path, colour: colours[path] ?? 'transparent', chosen: path === selected },
        };
      }),
    };
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (source) {
      source.setData(data);
      return;
    }
    map.addSource(SOURCE, { type: 'geojson', data });
    map.addLayer({
      id: SOURCE,
      type: 'fill',
      source: SOURCE,
      paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.72 },
    });
    map.addLayer({
      id: `${SOURCE}-line`,
      type: 'line',
      source: SOURCE,
      paint: {
        'line-color': scheme === 'dark' ? '#dbe3ec' : '#16202b',
        'line-width': ['case', ['get', 'chosen'], 3, 0.5],
        'line-opacity': ['case', ['get', 'chosen'], 1, 0.5],
      },
    });
  }, [map, styleVersion, scheme, shapes, colours, selected]);

  useEffect(() => {
    if (!map) return;
    const pick = (event: { point: { x: number; y: number } }) => {
      if (!map.getLayer(SOURCE)) return;
      const [found] = map.queryRenderedFeatures([event.point.x, event.point.y], { layers: [SOURCE] });
      select.current(found ? String(found.properties.path) : null);
    };
    map.on('click', pick);
    return () => void map.off('click', pick);
  }, [map]);

  return (
    <div ref={container} className={mapClasses.map} data-scheme={scheme} role="region" aria-label={t('ward_map')} />
  );
}

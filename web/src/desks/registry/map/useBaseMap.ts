import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { centreQuery } from '@/api/queries';
import { useFormat } from '@/kit';
import { basemapQuery, type Basemap } from './basemap';
import type { Scheme } from './colours';
import { LabelLayer } from './labels';
import { MapLibreMap, NavigationControl, ScaleControl } from './maplibre';
import { emptyStyle, geojsonStyle, pmtilesStyle } from './style';

function styleOf(basemap: Basemap, scheme: Scheme) {
  if (basemap.kind === 'geojson') return geojsonStyle(basemap.layers, scheme);
  if (basemap.kind === 'pmtiles') return pmtilesStyle(basemap.url, scheme);
  return emptyStyle(scheme);
}

export interface BaseMap {
  map: MapLibreMap | null;
  scheme: Scheme;
  /** Counts up whenever a style has been loaded: own sources and layers must be added again. */
  styleVersion: number;
  labels: LabelLayer | null;
}

/** A map of the city in `container`, in the reader's colours and language. */
export function useBaseMap(
  container: RefObject<HTMLElement | null>,
  view?: { at?: [number, number]; zoom?: number },
): BaseMap {
  const { language } = useFormat();
  const scheme: Scheme = useComputedColorScheme('dark');
  const centre = useQuery(centreQuery).data;
  const basemap = useQuery(basemapQuery).data;
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [styleVersion, setStyleVersion] = useState(0);
  const [labels, setLabels] = useState<LabelLayer | null>(null);
  const firstView = useRef(view);
  const drawnFor = useRef<Scheme>(scheme);

  const ready = Boolean(centre && basemap);
  useEffect(() => {
    const element = container.current;
    if (!ready || !element || !centre || !basemap) return;
    const { at, zoom } = firstView.current ?? {};
    drawnFor.current = scheme;
    const made = new MapLibreMap({
      container: element,
      style: styleOf(basemap, scheme),
      attributionControl: false,
      maxZoom: 19,
      minZoom: 8,
      pitchWithRotate: false,
      dragRotate: false,
      fadeDuration: 0,
      ...(at
        ? { center: at, zoom: zoom ?? 14 }
        : centre.bounds
          ? { bounds: centre.bounds as [number, number, number, number], fitBoundsOptions: { padding: 8 } }
          : { center: centre.centre ?? [80.33, 26.45], zoom: 11 }),
    });
    made.touchZoomRotate.disableRotation();
    made.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
    made.addControl(new ScaleControl({}), 'bottom-right');
    made.on('style.load', () => setStyleVersion((version) => version + 1));
    const layer = new LabelLayer(made);
    setLabels(layer);
    setMap(made);
    return () => {
      layer.remove();
      made.remove();
      setLabels(null);
      setMap(null);
    };
    // The map is made once; later answers about the centre do not move it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ready, container]);

  useEffect(() => {
    if (!map || !basemap) return;
    // The map was made with the style of its first scheme.
    if (drawnFor.current !== scheme) map.setStyle(styleOf(basemap, scheme), { diff: false });
    drawnFor.current = scheme;
  }, [map, basemap, scheme]);

  useEffect(() => {
    if (basemap) labels?.set(basemap.kind === 'geojson' ? basemap.labels : [], language);
  }, [labels, basemap, language]);

  return { map, scheme, styleVersion, labels };
}

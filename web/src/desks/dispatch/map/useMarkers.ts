import { useEffect, useRef, useState } from 'react';
import { Marker, type MapLibreMap } from '@/desks/registry/map/maplibre';

export interface Placed {
  id: string;
  lat: number;
  lon: number;
}

/**
 * One HTML element a thing, moved with the map: what is drawn in it is the caller's, as a portal. Elements are made and
 * taken away only when things come and go.
 */
export function useMarkers(map: MapLibreMap | null, things: Placed[]): ReadonlyMap<string, HTMLElement> {
  const markers = useRef(new Map<string, Marker>());
  const [elements, setElements] = useState<ReadonlyMap<string, HTMLElement>>(new Map());

  useEffect(() => {
    const known = markers.current;
    return () => {
      known.forEach((marker) => void marker.remove());
      known.clear();
    };
  }, [map]);

  useEffect(() => {
    if (!map) return;
    const known = markers.current;
    const there = new Set(things.map(({ id }) => id));
    let changed = false;
    for (const [id, marker] of known)
      if (!there.has(id)) {
        marker.remove();
        known.delete(id);
        changed = true;
      }
    for (const { id, lat, lon } of things) {
      const marker = known.get(id);
      if (marker) marker.setLngLat([lon, lat]);
      else {
        known.set(id, new Marker({ element: document.createElement('div') }).setLngLat([lon, lat]).addTo(map));
        changed = true;
      }
    }
    if (changed) setElements(new Map([...known].map(([id, marker]) => [id, marker.getElement()])));
  }, [map, things]);

  return elements;
}

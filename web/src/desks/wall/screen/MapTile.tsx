import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCentre } from '@/api/queries';
import type { MapAnswer } from '@/api/types';
import { PointsMap } from '@/desks/incidents/PointsMap';
import type { Item } from '../screens/types';
import classes from './screen.module.css';

const AROUND_DEG = 0.02;

/** The city, or one place in it, with its cameras by state. */
export function MapTile({ content }: { content: Item['content'] }) {
  const { t } = useTranslation('wall');
  const centre = useCentre();
  const { lat, lon } = content;
  const here = lat != null && lon != null;
  const box = here ? [lon - AROUND_DEG, lat - AROUND_DEG, lon + AROUND_DEG, lat + AROUND_DEG] : centre?.bounds;
  const { data } = useQuery({
    queryKey: ['camera-map', 'wall', box],
    queryFn: () => api.get<MapAnswer>('/cameras/map', { bbox: (box ?? []).join(','), zoom: 18 }),
    enabled: Boolean(box),
    refetchInterval: 30_000,
  });
  const points = useMemo(
    () => (here ? [{ id: 'here', number: '', severity: 'high' as const, lat, lon, late: false }] : []),
    [here, lat, lon],
  );
  return (
    <div className={classes.map}>
      <PointsMap
        label={t('kind.map')}
        points={points}
        cameras={data?.cameras ?? []}
        {...(here ? { at: [lon, lat] as [number, number], zoom: content.zoom ?? 15 } : {})}
      />
    </div>
  );
}

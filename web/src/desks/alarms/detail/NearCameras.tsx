import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/queries';
import { StatusIcon, useFormat } from '@/kit';
import { nearQuery } from '../queries';
import { metresBetween } from './distance';
import classes from './detail.module.css';

const MOST = 8;

/** The nearest cameras; a press shows one in the player above. */
export function NearCameras({ lon, lat, onCamera }: { lon: number; lat: number; onCamera: (id: string) => void }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const may = useCan('camera.view');
  const { data } = useQuery({ ...nearQuery(lon, lat), enabled: may });
  const nearest = useMemo(
    () =>
      (data ?? [])
        .map((camera) => ({ camera, metres: metresBetween([lon, lat], [camera.lon, camera.lat]) }))
        .sort((a, b) => a.metres - b.metres)
        .slice(0, MOST),
    [data, lat, lon],
  );
  if (!data) return null;
  if (nearest.length === 0) return <p className={classes.facts}>{t('none_near')}</p>;
  return (
    <ul className={classes.near} aria-label={t('near')}>
      {nearest.map(({ camera, metres }) => (
        <li key={camera.id}>
          <button type="button" className={classes.nearOne} onClick={() => onCamera(camera.id)}>
            <StatusIcon status={camera.status} />
            <span>{format.name(camera.name)}</span>
            <span className={classes.facts}>{t('metres', { number: format.number(Math.round(metres)) })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

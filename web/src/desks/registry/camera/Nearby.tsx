import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { overlay, useLiveness } from '@/api/liveness';
import type { CameraRow } from '@/api/types';
import { EmptyState, StatusIcon, useFormat } from '@/kit';
import classes from './Nearby.module.css';

/** The nearest other cameras. */
export function Nearby({ cameras }: { cameras: CameraRow[] }) {
  const { t } = useTranslation('registry');
  if (cameras.length === 0) return <EmptyState title={t('camera.none_nearby')} />;
  return (
    <div>
      {cameras.map((camera) => (
        <Row key={camera.id} read={camera} />
      ))}
    </div>
  );
}

function Row({ read }: { read: CameraRow }) {
  const format = useFormat();
  const camera = overlay(read, useLiveness(read.id));
  return (
    <Link className={classes.row} to={`/cameras/${camera.id}`}>
      <StatusIcon status={camera.status} />
      <span className={classes.name}>{format.name(camera.name)}</span>
      <span className={classes.note}>{format.name(camera.premises?.name)}</span>
    </Link>
  );
}

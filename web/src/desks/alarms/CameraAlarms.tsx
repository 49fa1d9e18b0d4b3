import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '@/api/queries';
import { useFormat } from '@/kit';
import classes from './alarms.module.css';
import { SeverityMark } from './Mark';
import { alarmsByCameraQuery } from './queries';

/** "2 open alarms" beside a camera's name; nothing when there are none. */
export function CameraAlarms({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('alarms');
  const format = useFormat();
  const may = useCan('alarm.view');
  const found = useQuery({ ...alarmsByCameraQuery, enabled: may }).data?.find((one) => one.camera_id === cameraId);
  if (!found) return null;
  return (
    <Link to={`/alarms?camera=${cameraId}`} className={classes.ofCamera}>
      <SeverityMark severity={found.severity} size={12} pulse={found.new} />
      {t('of_camera', { count: found.open, number: format.number(found.open) })}
    </Link>
  );
}

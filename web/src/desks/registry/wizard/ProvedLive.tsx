import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { overlay, useLiveness } from '@/api/liveness';
import { cameraQuery } from '@/api/queries';
import { StatusIcon, useFormat } from '@/kit';
import { LiveTile } from '@/media';
import classes from './wizard.module.css';

const ASK_MS = 3_000;

interface Props {
  cameraId: string;
  onAnother: () => void;
  onSamePremises: () => void;
}

/** After saving: watches until frames prove the camera live, or says what is in the way. */
export function ProvedLive({ cameraId, onAnother, onSamePremises }: Props) {
  const { t } = useTranslation('wizard');
  const format = useFormat();
  const heard = useLiveness(cameraId);
  const { data } = useQuery({ ...cameraQuery(cameraId), refetchInterval: ASK_MS });
  const camera = data && overlay(data, heard);
  const live = camera?.status === 'live';
  return (
    <div className={classes.wizard}>
      <h2 className={classes.heading}>
        <StatusIcon status={camera?.status ?? 'unknown'} size={16} />{' '}
        {live
          ? t('proved', { time: camera.proved_at_ms ? format.time(camera.proved_at_ms) : '' })
          : camera && camera.status !== 'unknown'
            ? t('not_proved')
            : t('waiting')}
      </h2>
      {camera && !live && camera.reason && <p className={classes.why}>{t(`media:reason.${camera.reason}`)}</p>}
      <div className={classes.proof}>
        <LiveTile cameraId={cameraId} camera={data} />
      </div>
      <Group mt="md">
        <Button component={Link} to={`/cameras/${cameraId}`}>
          {t('open_camera')}
        </Button>
        <Button variant="default" onClick={onSamePremises}>
          {t('another_here')}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t('another')}
        </Button>
      </Group>
    </div>
  );
}

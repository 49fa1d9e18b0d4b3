import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusIcon, useFormat } from '@/kit';
import { PictureClock, statusOf, TileMessage, useLive } from '@/media';
import type { ShownCamera } from '../screens/types';
import classes from './screen.module.css';

interface Props {
  /** Null: it may not be shown, or is no more. */
  camera: ShownCamera | null;
  small?: boolean;
  large?: boolean;
  onPicture?: (() => void) | undefined;
}

/** A camera as a wall shows it: the picture, its name to be read from across the room, and a sentence where none is. */
export function CameraTile({ camera, ...rest }: Props) {
  const { t } = useTranslation('wall');
  if (!camera) return <div className={classes.word}>{t('screen.no_camera')}</div>;
  return <Playing key={camera.id} camera={camera} {...rest} />;
}

function Playing({ camera, small = false, large = false, onPicture }: Props & { camera: ShownCamera }) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const { state, player } = useLive(video, still, { cameraId: camera.id, stream: large && !small ? 'main' : 'sub' });
  const told = useRef(onPicture);
  useEffect(() => {
    told.current = onPicture;
  });
  useEffect(() => {
    if (state.hasPicture) told.current?.();
  }, [state.hasPicture]);
  const status = statusOf(state.phase);
  return (
    <div className={classes.camera} data-camera-id={camera.id} data-phase={state.phase}>
      <canvas ref={still} className={classes.picture} width={0} height={0} data-old />
      <video
        ref={video}
        className={classes.picture}
        muted
        playsInline
        autoPlay
        data-shown={state.hasPicture || undefined}
      />
      <TileMessage state={state} player={player} />
      <div className={classes.label}>
        <StatusIcon status={status} size={small ? 9 : 14} />
        {!small && <span className={classes.status}>{t(`phase.${state.phase}`)}</span>}
        <span className={classes.name}>{format.name(camera.name)}</span>
        {!small && <span className={classes.place}>{format.name(camera.place)}</span>}
        {!small && state.phase === 'live' && <PictureClock player={player} className={classes.clock} />}
      </div>
    </div>
  );
}

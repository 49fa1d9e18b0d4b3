import { ActionIcon, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconArrowsMaximize,
  IconCamera,
  IconEye,
  IconAspectRatio,
  IconExternalLink,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, Suspense, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { sentenceOf } from '@/api/client';
import { useLiveness } from '@/api/liveness';
import { cameraQuery, useCan } from '@/api/queries';
import type { CameraRow, MapCamera, Name, Status } from '@/api/types';
import { RecordingMark, StatusIcon, useFormat } from '@/kit';
import { saveSnapshot } from '../engine';
import classes from './LiveTile.module.css';
import { PictureClock } from './PictureClock';
import type { LivePhase, LiveState } from './state';
import { tileTools } from './tools';
import { useLive } from './useLive';

export interface LiveTileProps {
  cameraId: string;
  /** What is known of the camera already; read from the API when missing. */
  camera?: CameraRow | MapCamera;
  /** No toolbar and no place: for a strip of small pictures. */
  compact?: boolean;
  /** The main stream instead of the small one: the tile is enlarged. */
  large?: boolean;
  /** Crop the picture to fill the tile instead of showing all of it. */
  fill?: boolean;
  /** More buttons for the toolbar, e.g. the wall's "remove". */
  actions?: ReactNode;
  /** What "open" does; without it the camera's page is opened. */
  onOpen?: () => void;
}

/** A camera's live picture, saying what it is, how it is, and of when. Fills its parent. */
export const LiveTile = memo(function LiveTile({
  cameraId,
  camera,
  compact = false,
  large = false,
  fill = false,
  actions,
  onOpen,
}: LiveTileProps) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const navigate = useNavigate();
  // A snapshot can show the past, so it takes the permission to see recordings.
  const maySnapshot = useCan('camera.playback');
  const root = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [cropped, setCropped] = useState(fill);
  const { state, player } = useLive(video, still, { cameraId, stream: large ? 'main' : 'sub' });
  const read = useQuery({ ...cameraQuery(cameraId), enabled: !camera });
  const known = camera ?? read.data;
  const name = known ? format.name(known.name) : t('tile.unnamed');
  const place = placeOf(known);
  const open = onOpen ?? (() => void navigate(`/cameras/${cameraId}`));

  const snapshot = async () => {
    try {
      await saveSnapshot(cameraId, known && 'reg_id' in known ? known.reg_id : cameraId, null);
    } catch (error) {
      notifications.show({ color: 'red', message: sentenceOf(error) });
    }
  };
  const fullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void root.current?.requestFullscreen();
  };

  return (
    <div
      ref={root}
      className={classes.tile}
      data-camera-id={cameraId}
      data-phase={state.phase}
      data-compact={compact || undefined}
      data-fill={cropped || undefined}
      role="group"
      aria-label={`${name}: ${t(`phase.${state.phase}`)}`}
    >
      <canvas ref={still} className={classes.picture} width={0} height={0} data-old />
      <video
        ref={video}
        className={classes.picture}
        muted
        playsInline
        autoPlay
        data-shown={state.hasPicture || undefined}
      />
      {!state.hasPicture && state.phase === 'connecting' && <div className={classes.skeleton} aria-hidden />}
      <TileMessage state={state} player={player} />
      <div className={classes.bar}>
        <StatusIcon status={statusOf(state.phase)} size={11} />
        <span className={classes.word} data-status={statusOf(state.phase)}>
          {t(`phase.${state.phase}`)}
        </span>
        <span className={classes.name} title={place ? `${name}, ${format.name(place)}` : name}>
          {name}
        </span>
        {place && <span className={classes.place}>{format.name(place)}</span>}
        <span className={classes.spring} />
        <StreamNote state={state} />
        <Watchers cameraId={cameraId} />
        <RecordingMark
          recorded={known?.recorded ?? state.recording}
          recording={state.recording && state.phase === 'live'}
        />
        {state.phase === 'live' && <PictureClock player={player} className={classes.clock} />}
      </div>
      {!compact && (
        <div className={classes.tools}>
          {actions}
          <Suspense>
            {tileTools.map((More, at) => (
              <More key={at} cameraId={cameraId} />
            ))}
          </Suspense>
          {maySnapshot && <Tool icon={IconCamera} label={t('tile.snapshot')} onClick={() => void snapshot()} />}
          <Tool
            icon={IconAspectRatio}
            label={t(cropped ? 'tile.whole' : 'tile.fill')}
            onClick={() => setCropped(!cropped)}
          />
          <Tool icon={IconArrowsMaximize} label={t('tile.full_screen')} onClick={fullScreen} />
          <Tool icon={IconExternalLink} label={t('tile.open')} onClick={open} />
        </div>
      )}
    </div>
  );
});

export function Tool({ icon: Drawing, label, onClick }: { icon: Icon; label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={26}
        variant="filled"
        color="dark.8"
        aria-label={label}
        onClick={(event) => {
          event.stopPropagation();
          onClick();
        }}
        onDoubleClick={(event) => event.stopPropagation()}
        onPointerDown={(event) => event.stopPropagation()}
      >
        <Drawing size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Why there is no new picture, and how old the shown one is. */
export function TileMessage({
  state,
  player,
}: {
  state: LiveState;
  player: RefObject<{ wallMs(): number | null } | null>;
}) {
  const { t } = useTranslation('media');
  if (state.phase === 'live' || state.phase === 'paused') return null;
  if (state.phase === 'connecting' && !state.reason) return null;
  return (
    <div className={classes.message} data-over={state.hasPicture || undefined} role="status">
      <span className={classes.messageHead}>
        <StatusIcon status={statusOf(state.phase)} size={14} />
        {t(`phase.${state.phase}`)}
        {state.hasPicture && <PictureClock player={player} className={classes.age} aged />}
      </span>
      {state.reason && <span className={classes.reason}>{t(`reason.${state.reason}`)}</span>}
    </div>
  );
}

/** That another stream of the camera is shown than was asked for, and why. */
export function StreamNote({ state }: { state: LiveState }) {
  const { t } = useTranslation('media');
  if (!state.streamReason || state.stream === '') return null;
  return (
    <Tooltip label={t(`reason.${state.streamReason}`)} multiline maw={320}>
      <span className={classes.streamNote}>{t(`stream.${state.stream}`)}</span>
    </Tooltip>
  );
}

function Watchers({ cameraId }: { cameraId: string }) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const watchers = useLiveness(cameraId)?.watchers ?? 0;
  if (watchers < 2) return null;
  const label = t('tile.watchers', { count: watchers, number: format.number(watchers) });
  return (
    <span className={classes.watchers} title={label} aria-label={label}>
      <IconEye size={13} stroke={1.8} aria-hidden />
      {format.number(watchers)}
    </span>
  );
}

export function statusOf(phase: LivePhase): Status {
  return phase === 'connecting' || phase === 'paused' ? 'unknown' : phase;
}

function placeOf(camera: CameraRow | MapCamera | undefined): Name | null {
  if (!camera || !('jurisdiction' in camera)) return null;
  return camera.premises?.name ?? camera.site?.name ?? camera.jurisdiction.name;
}

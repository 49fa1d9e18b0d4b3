import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '@/api/client';
import { useCan } from '@/api/queries';
import type { CameraDetail } from '@/api/types';
import { StatusIcon, useFormat } from '@/kit';
import classes from './CameraPlayer.module.css';
import { saveSnapshot } from './engine';
import { statusOf, StreamNote, TileMessage } from './live/LiveTile';
import { PictureClock } from './live/PictureClock';
import { useLive } from './live/useLive';
import { ClipDialog } from './playback/ClipDialog';
import { Controls } from './playback/Controls';
import { JumpTo } from './playback/JumpTo';
import * as scale from './playback/scale';
import { Timeline, type TimelineEvent } from './playback/Timeline';
import { usePlayback } from './playback/usePlayback';

interface Props {
  camera: CameraDetail;
  /** Shown as a layer of the timeline. */
  events?: TimelineEvent[];
  /** Its device has a disk of its own, which is shown on the timeline and played where the centre has nothing. */
  hasDisk?: boolean;
  /** The page has a list with keys of its own. */
  besideList?: boolean;
}

const FIRST_SPAN_MS = scale.HOUR_MS;

/** `#t=<Unix milliseconds>` of the page's address: the moment at which playback opens. */
function momentInAddress(): number | null {
  const text = /[#&]t=(\d{12,14})/.exec(window.location.hash)?.[1];
  return text ? Number(text) : null;
}

/** A camera live and recorded: one picture, one timeline, one row of controls. */
export function CameraPlayer({ camera, events, hasDisk = false, besideList = false }: Props) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const mayPlayBack = useCan('camera.playback');
  const mayExport = useCan('camera.export');
  const stage = useRef<HTMLDivElement>(null);
  const liveVideo = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const oldVideo = useRef<HTMLVideoElement>(null);
  const [recorded, setRecorded] = useState(() => mayPlayBack && momentInAddress() !== null);
  const [lowLatency, setLowLatency] = useState(false);
  const [fill, setFill] = useState(false);
  const [muted, setMuted] = useState(true);
  const [marks, setMarks] = useState<{ inMs: number | null; outMs: number | null }>({ inMs: null, outMs: null });
  const [clipping, setClipping] = useState(false);
  const [view, setView] = useState<scale.View>(() => {
    const atMs = momentInAddress();
    return atMs === null
      ? scale.following(scale.centredOn(Date.now(), FIRST_SPAN_MS), Date.now() + FIRST_SPAN_MS)
      : scale.centredOn(atMs, FIRST_SPAN_MS);
  });
  const { state: live, player: liveRef } = useLive(liveVideo, still, {
    cameraId: camera.id,
    enabled: !recorded,
    lowLatency,
    onImpossible: () => {
      setLowLatency(false);
      notifications.show({ color: 'yellow', message: t('player.no_webrtc') });
    },
  });
  const { state: playback, player: playbackRef } = usePlayback(oldVideo, camera.id, hasDisk);
  const shownRef = recorded ? playbackRef : liveRef;
  const positionMs = () => shownRef.current?.wallMs() ?? null;

  const goTo = useCallback(
    (atMs: number, play = true) => {
      if (!mayPlayBack) return;
      setRecorded(true);
      window.history.replaceState(window.history.state, '', `#t=${Math.round(atMs)}`);
      const player = playbackRef.current;
      player?.seek(atMs);
      if (play && player?.current.phase !== 'paused') player?.play();
    },
    [mayPlayBack, playbackRef],
  );
  const goLive = useCallback(() => {
    playbackRef.current?.stop();
    setRecorded(false);
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', pathname + search);
    setView((before) => {
      const span = Math.min(scale.spanOf(before), scale.DAY_MS);
      return { fromMs: Date.now() - span * 0.9, toMs: Date.now() + span * 0.1 };
    });
  }, [playbackRef]);

  useEffect(() => {
    const open = () => {
      const atMs = momentInAddress();
      if (atMs === null) return;
      setView((before) => scale.centredOn(atMs, scale.spanOf(before)));
      goTo(atMs);
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [goTo]);

  const seek = (atMs: number) => (atMs > Date.now() - 1_500 ? goLive() : goTo(atMs));
  const seekBy = (byMs: number) => seek((positionMs() ?? Date.now()) + byMs);
  const mark = (side: 'inMs' | 'outMs') => {
    const atMs = positionMs();
    if (atMs === null) return;
    setMarks((before) => {
      const next = { ...before, [side]: atMs };
      // A mark beyond the other one takes the other's place: nobody means a clip of negative length.
      if (next.inMs !== null && next.outMs !== null && next.inMs > next.outMs) {
        return side === 'inMs' ? { inMs: atMs, outMs: null } : { inMs: null, outMs: atMs };
      }
      return next;
    });
  };
  const snapshot = () =>
    saveSnapshot(camera.id, camera.reg_id, recorded ? positionMs() : null).catch((error: unknown) =>
      notifications.show({ color: 'red', message: sentenceOf(error) }),
    );
  const fullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void stage.current?.requestFullscreen();
  };
  const toggle = () => {
    const player = playbackRef.current;
    if (!recorded) goTo((positionMs() ?? Date.now()) - 5_000);
    else if (playback.phase === 'playing' || playback.phase === 'waiting') player?.pause();
    else player?.play();
  };

  const { passedGap } = playback;
  const phase = live.phase;
  return (
    <section className={classes.player} aria-label={t('player.label', { name: format.name(camera.name) })}>
      <div
        ref={stage}
        className={classes.stage}
        data-camera-id={camera.id}
        data-phase={recorded ? playback.phase : phase}
        data-mode={recorded ? 'recorded' : 'live'}
        data-fill={fill || undefined}
        onDoubleClick={fullScreen}
      >
        <canvas ref={still} className={classes.picture} width={0} height={0} hidden={recorded} />
        <video
          ref={liveVideo}
          className={classes.picture}
          muted={muted}
          playsInline
          hidden={recorded}
          // Not `hidden` while there is no picture yet: an element that takes no room counts as out of sight and is paused.
          data-empty={!live.hasPicture || undefined}
        />
        <video ref={oldVideo} className={classes.picture} muted={muted} playsInline hidden={!recorded} />
        {!recorded && <TileMessage state={live} player={liveRef} />}
        {recorded && <PlaybackMessage phase={playback.phase} error={playback.error} onLive={goLive} />}
        <div className={classes.badge}>
          {recorded ? (
            <span className={classes.recorded}>
              <IconPlayerPlayFilled size={11} aria-hidden />{' '}
              {t(playback.source === 'device' ? 'player.recording_of_device' : 'player.recording')}
            </span>
          ) : (
            <span className={classes.word} data-status={statusOf(phase)}>
              <StatusIcon status={statusOf(phase)} /> {t(`phase.${phase}`)}
            </span>
          )}
          <PictureClock player={shownRef} className={classes.clock} dated />
          {!recorded && <StreamNote state={live} />}
          {live.transcoded && !recorded && <span className={classes.note}>{t('player.transcoded')}</span>}
        </div>
        {recorded && passedGap && (
          <div className={classes.notice} role="status">
            {t('player.passed_gap', { from: format.time(passedGap.fromMs), to: format.time(passedGap.toMs) })}
          </div>
        )}
      </div>
      <Controls
        recorded={recorded}
        playing={recorded && (playback.phase === 'playing' || playback.phase === 'waiting')}
        rate={playback.rate}
        muted={muted}
        fill={fill}
        lowLatency={lowLatency}
        mayPlayBack={mayPlayBack}
        mayExport={mayExport}
        besideList={besideList}
        hasMarks={marks.inMs !== null && marks.outMs !== null}
        onToggle={toggle}
        onStep={(direction) => playbackRef.current?.step(direction)}
        onSeekBy={seekBy}
        onRate={(rate) => playbackRef.current?.setRate(rate)}
        onLive={goLive}
        onMark={mark}
        onClip={() => setClipping(true)}
        onSnapshot={() => void snapshot()}
        onMute={() => setMuted(!muted)}
        onFill={() => setFill(!fill)}
        onFullScreen={fullScreen}
        onLowLatency={() => setLowLatency(!lowLatency)}
      />
      {mayPlayBack && (
        <>
          <Timeline
            cameraId={camera.id}
            view={view}
            onView={setView}
            positionMs={positionMs}
            live={!recorded}
            onSeek={seek}
            events={events}
            hasDisk={hasDisk}
            marks={marks}
          />
          <JumpTo
            spanMs={scale.spanOf(view)}
            positionMs={positionMs}
            onSpan={(spanMs) =>
              setView((before) => {
                const atMs = positionMs() ?? (before.fromMs + before.toMs) / 2;
                return recorded
                  ? scale.centredOn(atMs, spanMs)
                  : { fromMs: Date.now() - spanMs * 0.9, toMs: Date.now() + spanMs * 0.1 };
              })
            }
            onJump={(atMs) => {
              setView((before) => scale.centredOn(atMs, scale.spanOf(before)));
              goTo(atMs);
            }}
          />
        </>
      )}
      {clipping && <ClipDialog camera={camera} marks={marks} onMarks={setMarks} onClose={() => setClipping(false)} />}
    </section>
  );
}

function PlaybackMessage({ phase, error, onLive }: { phase: string; error: unknown; onLive: () => void }) {
  const { t } = useTranslation('media');
  if (phase === 'loading') return <div className={classes.loading} role="status" aria-label={t('player.loading')} />;
  if (phase !== 'failed' && phase !== 'ended') return null;
  return (
    <div className={classes.message} role="status">
      <span>{phase === 'ended' ? t('player.ended') : sentenceOf(error)}</span>
      <Button size="xs" variant="default" onClick={onLive}>
        {t('player.go_live')}
      </Button>
    </div>
  );
}

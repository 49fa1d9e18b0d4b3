import { useEffect, useRef, useState, type RefObject } from 'react';
import { followTile } from '../attention';
import { mediaTokens } from '../session';
import type { StreamName } from './frames';
import { LivePlayer } from './player';
import { register } from './registry';
import { INITIAL_STATE, type LiveState } from './state';
import { WebRtcPlayer } from './webrtc';

export type AnyLivePlayer = LivePlayer | WebRtcPlayer;

interface Options {
  cameraId: string;
  /** False: the connection is given up and the last picture stays. */
  enabled?: boolean;
  /** WebRTC instead of MSE: less delay, dearer for the engine. */
  lowLatency?: boolean;
  /** The small stream for walls, the main one for a large picture; may change while it plays. */
  stream?: StreamName;
  /** WebRTC does not get through; `lowLatency` should be taken back. */
  onImpossible?: () => void;
}

/** A tab that is left for a moment only is not worth a reconnect. */
const HIDDEN_GRACE_MS = 2_000;

/** Binds a player to a <video>; it plays while the element can be seen. */
export function useLive(
  video: RefObject<HTMLVideoElement | null>,
  still: RefObject<HTMLCanvasElement | null>,
  { cameraId, enabled = true, lowLatency = false, stream = 'main', onImpossible }: Options,
): { state: LiveState; player: RefObject<AnyLivePlayer | null> } {
  const [state, setState] = useState<LiveState>(INITIAL_STATE);
  const player = useRef<AnyLivePlayer | null>(null);

  const impossible = useRef(onImpossible);
  const wanted = useRef(stream);
  useEffect(() => {
    impossible.current = onImpossible;
    wanted.current = stream;
    if (player.current instanceof LivePlayer) player.current.want(stream);
  });

  useEffect(() => {
    const element = video.current;
    const canvas = still.current;
    if (!element || !canvas || !enabled) return;
    const followed = followTile(element, cameraId);
    const tell = (next: LiveState) => {
      followed.setPlaying(next.phase === 'live' && next.hasPicture);
      setState(next);
    };
    const live = lowLatency
      ? new WebRtcPlayer({
          cameraId,
          video: element,
          tokens: mediaTokens,
          onState: tell,
          onImpossible: () => impossible.current?.(),
        })
      : new LivePlayer({
          cameraId,
          video: element,
          still: canvas,
          stream: wanted.current,
          tokens: mediaTokens,
          onState: tell,
        });
    player.current = live;
    const unregister = live instanceof LivePlayer ? register(cameraId, live) : () => undefined;
    const unwatch = watchVisibility(element, (visible) => live.setVisible(visible));
    live.start();
    return () => {
      unwatch();
      unregister();
      followed.stop();
      live.stop();
      player.current = null;
    };
  }, [video, still, cameraId, enabled, lowLatency]);

  return { state, player };
}

function watchVisibility(element: HTMLElement, tell: (visible: boolean) => void): () => void {
  let onScreen = true;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const judge = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const visible = onScreen && !document.hidden;
    if (visible) tell(true);
    else timer = setTimeout(() => tell(false), HIDDEN_GRACE_MS);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      onScreen = entries[entries.length - 1]?.isIntersecting ?? true;
      judge();
    },
    { rootMargin: '80px' },
  );
  observer.observe(element);
  document.addEventListener('visibilitychange', judge);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', judge);
    if (timer !== null) clearTimeout(timer);
  };
}

import { useEffect, useRef, useState, type RefObject } from 'react';
import { openPlayback } from '../engine';
import { openEither } from './twoSources';
import { PlaybackPlayer, type PlaybackState } from './player';

const IDLE: PlaybackState = { phase: 'idle', rate: 1, passedGap: null, source: 'centre', error: null };

/** A playback player on a <video>, for as long as the component lives. `hasDisk`: its device records too. */
export function usePlayback(
  video: RefObject<HTMLVideoElement | null>,
  cameraId: string,
  hasDisk: boolean,
): { state: PlaybackState; player: RefObject<PlaybackPlayer | null> } {
  const [state, setState] = useState(IDLE);
  const player = useRef<PlaybackPlayer | null>(null);
  const disk = useRef(hasDisk);
  useEffect(() => {
    disk.current = hasDisk;
    if (hasDisk) player.current?.again();
  }, [hasDisk]);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const playback = new PlaybackPlayer({
      video: element,
      open: (fromMs, toMs, signal, isFirst) =>
        disk.current
          ? openEither((from, to, source) => openPlayback(cameraId, from, to, signal, source), fromMs, toMs, isFirst)
          : openPlayback(cameraId, fromMs, toMs, signal),
      onState: setState,
    });
    player.current = playback;
    return () => {
      playback.stop();
      player.current = null;
    };
  }, [video, cameraId]);
  return { state, player };
}

import { useEffect, useRef, useState, type RefObject } from 'react';
import { openPlayback } from '../engine';
import { PlaybackPlayer, type PlaybackState } from './player';

const IDLE: PlaybackState = { phase: 'idle', rate: 1, passedGap: null, error: null };

/** A playback player on a <video>, for as long as the component lives. */
export function usePlayback(
  video: RefObject<HTMLVideoElement | null>,
  cameraId: string,
): { state: PlaybackState; player: RefObject<PlaybackPlayer | null> } {
  const [state, setState] = useState(IDLE);
  const player = useRef<PlaybackPlayer | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const playback = new PlaybackPlayer({
      video: element,
      open: (fromMs, toMs, signal) => openPlayback(cameraId, fromMs, toMs, signal),
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

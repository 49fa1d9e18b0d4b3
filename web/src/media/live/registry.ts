/** The live players of this window, by camera: for measuring (see the live bench) and for the support overlay. */

import type { LivePlayer } from './player';

declare global {
  interface Window {
    __prahariLive?: Map<string, LivePlayer>;
  }
}

export function register(cameraId: string, player: LivePlayer): () => void {
  const players = (window.__prahariLive ??= new Map());
  players.set(cameraId, player);
  return () => {
    if (players.get(cameraId) === player) players.delete(cameraId);
  };
}

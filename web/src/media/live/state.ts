/** What a live tile can say about itself. */

export type LivePhase = 'connecting' | 'live' | 'stalled' | 'offline' | 'no_consent' | 'paused';

export interface LiveState {
  phase: LivePhase;
  /** Key of a sentence in media.reason: a contract's Reason or a console's own; empty when all is well. */
  reason: string;
  /** Size of the coded picture; 0 until known. */
  widthPx: number;
  heightPx: number;
  recording: boolean;
  /** A picture, new or old, is on the screen. */
  hasPicture: boolean;
  /** The engine makes this stream over because the browser cannot play the camera's own. */
  transcoded: boolean;
}

export const INITIAL_STATE: LiveState = {
  phase: 'connecting',
  reason: '',
  widthPx: 0,
  heightPx: 0,
  recording: false,
  hasPicture: false,
  transcoded: false,
};

/** The phase for a camera status of the contract. */
export function phaseOf(status: string): LivePhase {
  switch (status) {
    case 'live':
    case 'stalled':
    case 'offline':
    case 'no_consent':
      return status;
    default:
      return 'connecting';
  }
}

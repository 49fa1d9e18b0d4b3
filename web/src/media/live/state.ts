/** What a live tile can say about itself. */

import type { StreamName } from './frames';

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
  /** Which stream of the camera is shown; empty while not known, or where there is one only. */
  stream: StreamName | '';
  /** Why it is not the stream that was asked for: key of a sentence in media.reason. */
  streamReason: string;
}

export const INITIAL_STATE: LiveState = {
  phase: 'connecting',
  reason: '',
  widthPx: 0,
  heightPx: 0,
  recording: false,
  hasPicture: false,
  transcoded: false,
  stream: '',
  streamReason: '',
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

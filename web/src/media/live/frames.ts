/** Messages of the live WebSocket. Binary: 1 byte kind, 8 bytes big-endian wall_ms, then ISO-BMFF bytes. */

export const INIT_SEGMENT = 1;
export const MEDIA_FRAGMENT = 2;
const HEADER_BYTES = 9;

export interface BinaryMessage {
  kind: number;
  /** Capture time of the first picture, Unix milliseconds. */
  wallMs: number;
  data: Uint8Array;
}

/** The small stream is for walls and previews, the main one for an enlarged picture. */
export type StreamName = 'main' | 'sub';

export type TextMessage =
  | { type: 'init'; mime: string; width: number; height: number; record: boolean }
  | { type: 'status'; status: string; reason: string; at_ms: number }
  /** Which stream of the camera is shown; `reason`: why it is not the one that was asked for. */
  | { type: 'stream'; stream: StreamName | ''; wanted: StreamName; reason: string; converted: boolean }
  | { type: 'skip' }
  | { type: 'pong'; t: number; now_ms: number };

/** The message, or null when it is too short to be one. */
export function parseBinary(buffer: ArrayBuffer): BinaryMessage | null {
  if (buffer.byteLength <= HEADER_BYTES) return null;
  const view = new DataView(buffer);
  return {
    kind: view.getUint8(0),
    wallMs: Number(view.getBigInt64(1)),
    data: new Uint8Array(buffer, HEADER_BYTES),
  };
}

/** The message, or null for anything that this console does not know: a newer engine may say more. */
export function parseText(text: string): TextMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  const message = value as Record<string, unknown>;
  switch (message.type) {
    case 'init':
      return typeof message.mime === 'string'
        ? {
            type: 'init',
            mime: message.mime,
            width: Number(message.width) || 0,
            height: Number(message.height) || 0,
            record: message.record === true,
          }
        : null;
    case 'status':
      return {
        type: 'status',
        status: String(message.status),
        reason: typeof message.reason === 'string' ? message.reason : '',
        at_ms: Number(message.at_ms) || 0,
      };
    case 'stream':
      return {
        type: 'stream',
        stream: message.stream === 'main' || message.stream === 'sub' ? message.stream : '',
        wanted: message.wanted === 'sub' ? 'sub' : 'main',
        reason: typeof message.reason === 'string' ? message.reason : '',
        converted: message.converted === true,
      };
    case 'skip':
      return { type: 'skip' };
    case 'pong':
      return { type: 'pong', t: Number(message.t) || 0, now_ms: Number(message.now_ms) || 0 };
    default:
      return null;
  }
}

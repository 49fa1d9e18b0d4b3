/** Masked pictures of one public camera, about one a second, over a WebSocket of the media engine. */
import { mediaTokens } from '@/media/session';
import type { TokenBroker } from '@/media/tokens';
import { Backoff } from '@/media/live/backoff';

export const MASKED = 3;
export const MOSAIC = 4;

const HEAD_BYTES = 9;
const CLOSE_TOKEN = 4401;
const CLOSE_MOVED = 4409;
/** Refusals are not asked again in a hurry: all places may be taken, or the order has ended. */
const REFUSED_MS = 10_000;
/** No picture for so long: the machine may stand still, and the camera be another's. */
const SILENCE_MS = 20_000;

export interface MaskedPicture {
  /** Unix milliseconds of the picture. */
  takenMs: number;
  /** No detector looked at it: the whole frame is a mosaic. */
  mosaic: boolean;
  jpeg: Blob;
}

/** Null for anything that is not a masked picture: nothing else is ever shown. */
export function parsePicture(data: ArrayBuffer): MaskedPicture | null {
  if (data.byteLength <= HEAD_BYTES) return null;
  const view = new DataView(data);
  const kind = view.getUint8(0);
  if (kind !== MASKED && kind !== MOSAIC) return null;
  return {
    takenMs: Number(view.getBigInt64(1)),
    mosaic: kind === MOSAIC,
    jpeg: new Blob([new Uint8Array(data, HEAD_BYTES)], { type: 'image/jpeg' }),
  };
}

export class MaskedStream {
  private readonly backoff = new Backoff();
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private ended = false;

  constructor(
    private readonly cameraId: string,
    private readonly onPicture: (picture: MaskedPicture) => void,
    private readonly tokens: TokenBroker = mediaTokens,
    private readonly makeSocket: (url: string) => WebSocket = (url) => new WebSocket(url),
  ) {
    void this.connect();
  }

  close(): void {
    this.ended = true;
    if (this.timer !== null) clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.socket?.close(1000);
    this.socket = null;
  }

  private async connect(): Promise<void> {
    let url: URL;
    try {
      const token = await this.tokens.get(this.cameraId, 'presentation');
      url = new URL(`/presentation/${encodeURIComponent(this.cameraId)}`, token.origin);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      url.searchParams.set('token', token.token);
    } catch {
      this.again(REFUSED_MS); // signed out, no leave or no network: the sign on the page stays, and it is tried again
      return;
    }
    if (this.ended) return;
    const socket = this.makeSocket(url.href);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.listen(socket);
    let opened = false;
    socket.onopen = () => {
      opened = true;
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      const picture = typeof event.data === 'string' ? null : parsePicture(event.data);
      if (!picture || this.ended) return;
      this.backoff.reset();
      this.listen(socket);
      this.onPicture(picture);
    };
    socket.onclose = ({ code }) => {
      if (this.ended || this.socket !== socket) return;
      if (code === CLOSE_TOKEN || code === CLOSE_MOVED || !opened) this.tokens.discard(this.cameraId, 'presentation');
      this.again(code >= 4000 && code !== CLOSE_TOKEN && code !== CLOSE_MOVED ? REFUSED_MS : 0);
    };
  }

  private listen(socket: WebSocket): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.tokens.discard(this.cameraId, 'presentation');
      this.again(0);
      socket.close(1000);
    }, SILENCE_MS);
  }

  private again(extraMs: number): void {
    clearTimeout(this.silence);
    this.socket = null;
    if (this.ended) return;
    this.timer = setTimeout(() => void this.connect(), this.backoff.next() + extraMs);
  }
}

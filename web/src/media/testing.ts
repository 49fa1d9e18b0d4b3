/** Helpers of the tests: hand-made boxes, a SourceBuffer that keeps its rules, a WebSocket server of a few lines. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { BufferLike } from './bufferQueue';

export function box(type: string, ...contents: (Uint8Array | number[])[]): Uint8Array {
  const body = contents.flatMap((content) => [...content]);
  const bytes = new Uint8Array(8 + body.length);
  new DataView(bytes.buffer).setUint32(0, bytes.length);
  bytes.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(body, 8);
  return bytes;
}

export function u32(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

export function u64(value: number): number[] {
  return [...u32(Math.floor(value / 2 ** 32)), ...u32(value >>> 0)];
}

const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** An init segment with one track a [id, handler, timescale]. */
export function initSegment(...tracks: [id: number, handler: string, timescale: number][]): Uint8Array {
  return concat(
    box('ftyp', letters('iso5')),
    box(
      'moov',
      ...tracks.map(([id, handler, timescale]) =>
        box(
          'trak',
          box('tkhd', [0, 0, 0, 7], u32(0), u32(0), u32(id), u32(0)),
          box(
            'mdia',
            box('mdhd', [0, 0, 0, 0], u32(0), u32(0), u32(timescale), u32(0)),
            box('hdlr', u32(0), u32(0), letters(handler)),
          ),
        ),
      ),
    ),
  );
}

/** A media fragment with one run a [track id, decode time in ticks]. */
export function fragment(...runs: [trackId: number, ticks: number][]): Uint8Array {
  return concat(
    box(
      'moof',
      ...runs.map(([id, ticks]) => box('traf', box('tfhd', u32(0), u32(id)), box('tfdt', [1, 0, 0, 0], u64(ticks)))),
    ),
    box('mdat', [1, 2, 3]),
  );
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Takes one piece of work at a time and throws when it is given two, as the real one does. */
export class FakeSourceBuffer extends EventTarget implements BufferLike {
  updating = false;
  timestampOffset = 0;
  done: string[] = [];
  /** Appends that find the buffer full before one succeeds. */
  fullTimes = 0;

  appendBuffer(data: BufferSource): void {
    if (this.fullTimes > 0) {
      this.fullTimes -= 1;
      throw new DOMException('full', 'QuotaExceededError');
    }
    this.begin(`append ${data.byteLength} @${this.timestampOffset}`);
  }

  remove(from: number, to: number): void {
    this.begin(`remove ${from}-${to}`);
  }

  changeType(mime: string): void {
    this.done.push(`type ${mime}`);
  }

  private begin(what: string): void {
    if (this.updating) throw new DOMException('busy', 'InvalidStateError');
    this.updating = true;
    queueMicrotask(() => {
      this.updating = false;
      this.done.push(what);
      this.dispatchEvent(new Event('updateend'));
    });
  }
}

export interface SocketPeer {
  url: string;
  sendText(message: object): void;
  sendBinary(kind: number, wallMs: number, data: Uint8Array): void;
  close(code: number): void;
  received: string[];
}

/** A server of live WebSockets on a free port; `onPeer` is told of each connection. */
export async function liveServer(onPeer: (peer: SocketPeer) => void): Promise<{ origin: string; server: Server }> {
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const key = String(request.headers['sec-websocket-key']);
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const send = (opcode: number, body: Buffer) => {
      const length =
        body.length < 126 ? Buffer.from([body.length]) : Buffer.from([126, body.length >> 8, body.length & 255]);
      socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, body]));
    };
    const peer: SocketPeer = {
      url: request.url ?? '',
      received: [],
      sendText: (message) => send(1, Buffer.from(JSON.stringify(message))),
      sendBinary: (kind, wallMs, data) => {
        const head = Buffer.alloc(9);
        head.writeUInt8(kind);
        head.writeBigInt64BE(BigInt(wallMs), 1);
        send(2, Buffer.concat([head, data]));
      },
      close: (code) => {
        send(8, Buffer.from([code >> 8, code & 255]));
        socket.end();
      },
    };
    socket.on('data', (data: Buffer) => {
      const text = unmasked(data);
      if (text !== null) peer.received.push(text);
    });
    socket.on('error', () => socket.destroy());
    onPeer(peer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** The text of one short masked frame, as a client sends it; null for anything else. */
function unmasked(data: Buffer): string | null {
  if ((data[0] ?? 0) !== 0x81) return null;
  const length = (data[1] ?? 0) & 127;
  const mask = data.subarray(2, 6);
  return Buffer.from(data.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0))).toString();
}

export async function until(condition: () => boolean, limitMs = 3000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not become true in ${limitMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

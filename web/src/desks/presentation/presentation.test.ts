import { afterEach, expect, it, vi } from 'vitest';
import { TokenBroker } from '@/media/tokens';
import { MASKED, MaskedStream, MOSAIC, parsePicture, type MaskedPicture } from './maskedStream';
import { columnsFor, pageOf } from './rotation';

function message(kind: number, takenMs: number, bytes: number[]): ArrayBuffer {
  const buffer = new ArrayBuffer(9 + bytes.length);
  const view = new DataView(buffer);
  view.setUint8(0, kind);
  view.setBigInt64(1, BigInt(takenMs));
  new Uint8Array(buffer, 9).set(bytes);
  return buffer;
}

it('only masked pictures are taken, whatever else comes', () => {
  expect(parsePicture(message(MASKED, 1_760_000_000_000, [1, 2, 3]))).toMatchObject({
    takenMs: 1_760_000_000_000,
    mosaic: false,
  });
  expect(parsePicture(message(MOSAIC, 5, [1]))?.mosaic).toBe(true);
  for (const kind of [0, 1, 2, 5, 255]) expect(parsePicture(message(kind, 5, [1]))).toBeNull();
  expect(parsePicture(new ArrayBuffer(0))).toBeNull();
  expect(parsePicture(message(MASKED, 5, []))).toBeNull();
});

it('pages of nine follow each other for ever', () => {
  const all = Array.from({ length: 20 }, (_, at) => at);
  expect([0, 1, 2, 3].map((turn) => pageOf(all, turn).length)).toEqual([9, 9, 2, 9]);
  expect(pageOf(all, 5)).toEqual([18, 19]);
  expect(pageOf([], 7)).toEqual([]);
  expect([1, 2, 4, 5, 9].map(columnsFor)).toEqual([1, 2, 2, 3, 3]);
});

afterEach(() => vi.useRealTimers());

it('a refused stream waits and asks again; a closed one does not', async () => {
  vi.useFakeTimers();
  const sockets: { url: string; socket: WebSocket }[] = [];
  const broker = new TokenBroker((ids) =>
    Promise.resolve({
      items: ids.map((id) => ({
        camera_id: id,
        token: 't',
        expires_ms: Date.now() + 120_000,
        origin: 'https://c:8410',
      })),
    }),
  );
  const seen: MaskedPicture[] = [];
  const stream = new MaskedStream(
    'cam',
    (picture) => seen.push(picture),
    broker,
    (url) => {
      const socket = { close: () => undefined } as unknown as WebSocket;
      sockets.push({ url, socket });
      return socket;
    },
  );
  await vi.advanceTimersByTimeAsync(100);
  expect(sockets[0]?.url).toBe('wss://c:8410/presentation/cam?token=t');
  const first = sockets[0]?.socket;
  first?.onopen?.(new Event('open'));
  first?.onmessage?.(new MessageEvent('message', { data: message(MASKED, 7, [1]) }));
  first?.onmessage?.(new MessageEvent('message', { data: '{"type":"error"}' }));
  expect(seen.map((one) => one.takenMs)).toEqual([7]);
  first?.onclose?.({ code: 4403 } as CloseEvent);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(24_000); // not a word: another machine may have it
  expect(sockets).toHaveLength(3);
  sockets[1]?.socket.onclose?.({ code: 1006 } as CloseEvent);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(sockets).toHaveLength(3);
  stream.close();
  sockets[2]?.socket.onclose?.({ code: 1006 } as CloseEvent);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(3);
});

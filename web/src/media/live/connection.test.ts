import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { liveServer, until, type SocketPeer } from '../testing';
import { NoTokenError, TokenBroker, type TokenAnswer } from '../tokens';
import { faultOf, LiveConnection, liveUrl } from './connection';

let server: Server | null = null;
let open: LiveConnection | null = null;
afterEach(() => {
  open?.close();
  server?.closeAllConnections();
  server?.close();
  server = open = null;
});

async function connected(behave: (peer: SocketPeer, count: number) => void) {
  const peers: SocketPeer[] = [];
  const started = await liveServer((peer) => {
    peers.push(peer);
    behave(peer, peers.length);
  });
  server = started.server;
  const asked: string[][] = [];
  const tokens = new TokenBroker((ids) => {
    asked.push(ids);
    const items = ids.map((camera_id) => ({
      camera_id,
      token: `token-${asked.length}`,
      expires_ms: Date.now() + 120_000,
      origin: started.origin,
    }));
    return Promise.resolve({ items });
  });
  const heard: string[] = [];
  const connection = new LiveConnection({
    cameraId: 'camera-1',
    tokens,
    random: () => 0,
    handlers: {
      onOpen: () => heard.push('open'),
      onInit: (message) => heard.push(`init ${message.mime} ${message.width}x${message.height} ${message.record}`),
      onStatus: (message) => heard.push(`status ${message.status} ${message.reason}`),
      onStream: (message) => heard.push(`stream ${message.stream} for ${message.wanted} ${message.reason}`),
      onSkip: () => heard.push('skip'),
      onBinary: (message) => heard.push(`binary ${message.kind} ${message.wallMs} ${message.data.byteLength}`),
      onDown: (fault) => heard.push(`down ${fault}`),
    },
  });
  open = connection;
  return { connection, peers, asked, heard };
}

describe('LiveConnection', () => {
  it('understands every message of the protocol, and passes over what it does not know', async () => {
    const { connection, peers, heard } = await connected((peer) => {
      peer.sendText({ type: 'status', status: 'stalled', reason: 'no_frames', at_ms: 5 });
      peer.sendText({ type: 'init', mime: 'video/mp4', width: 1920, height: 1080, record: true });
      peer.sendText({ type: 'news', of: 'tomorrow' });
      peer.sendBinary(1, 0, new Uint8Array(40));
      peer.sendBinary(2, 1_795_000_000_123, new Uint8Array(300));
      peer.sendText({ type: 'stream', stream: 'main', wanted: 'sub', reason: 'not_found', converted: false });
      peer.sendText({ type: 'skip' });
    });
    connection.open();
    await until(() => heard.includes('skip'));
    expect(heard).toEqual([
      'open',
      'status stalled no_frames',
      'init video/mp4 1920x1080 true',
      'binary 1 0 40',
      'binary 2 1795000000123 300',
      'stream main for sub not_found',
      'skip',
    ]);
    expect(peers[0]?.url).toBe('/live/camera-1?token=token-1&stream=main&plays=h264');
  });

  it('sends pings and learns the clock of the engine from the answer', async () => {
    const { connection, peers } = await connected(() => undefined);
    connection.open();
    await until(() => (peers[0]?.received.length ?? 0) > 0);
    const ping = JSON.parse(peers[0]?.received[0] ?? '{}') as { type: string; t: number };
    expect(ping.type).toBe('ping');
    peers[0]?.sendText({ type: 'pong', t: ping.t, now_ms: ping.t + 60_000 });
    await until(() => connection.serverClockOffsetMs !== null);
    expect(connection.serverClockOffsetMs).toBeGreaterThan(59_000);
    expect(connection.serverClockOffsetMs).toBeLessThan(60_001);
  });

  it('comes back with a fresh token when the old one is refused', async () => {
    const { connection, peers, asked, heard } = await connected((peer, count) => {
      if (count === 1) peer.close(4401);
    });
    connection.open();
    await until(() => peers.length === 2);
    expect(asked).toHaveLength(2);
    expect(peers[1]?.url).toContain('token-2');
    expect(heard).toContain('down ');
  });

  it('comes back with the same token after the connection broke', async () => {
    const { connection, peers, asked, heard } = await connected((peer, count) => {
      if (count === 1) peer.close(1011);
    });
    connection.open();
    await until(() => peers.length === 2);
    expect(asked).toHaveLength(1);
    expect(heard).toContain('down connection_lost');
  });

  it('asks anew where the camera is when a machine takes the connection and says nothing', async () => {
    const still = createServer().listen(0, '127.0.0.1');
    await once(still, 'listening');
    const { server: awake, origin } = await liveServer(() => undefined);
    const origins = [`http://127.0.0.1:${(still.address() as AddressInfo).port}`, origin];
    const tokens = new TokenBroker((ids) => {
      const at = { token: 'x', expires_ms: Date.now() + 120_000, origin: origins.shift() ?? origin };
      return Promise.resolve({ items: ids.map((camera_id) => ({ camera_id, ...at })) });
    });
    const heard: string[] = [];
    const nothing = () => undefined;
    open = new LiveConnection({
      cameraId: 'camera-1',
      tokens,
      random: () => 0,
      openWithinMs: 300,
      handlers: {
        onOpen: () => heard.push('open'),
        onDown: (fault) => heard.push(`down ${fault}`),
        onInit: nothing,
        onStatus: nothing,
        onStream: nothing,
        onSkip: nothing,
        onBinary: nothing,
      },
    });
    open.open();
    await until(() => heard.includes('open'));
    expect(heard).toEqual(['down engine_unreachable', 'open']);
    still.close();
    server = awake;
  });

  it('names missing consent and unknown cameras', async () => {
    const { connection, heard } = await connected((peer) => peer.close(4403));
    connection.open();
    await until(() => heard.includes('down no_permit'));
    connection.close();
    const other = await connected((peer) => peer.close(4404));
    other.connection.open();
    await until(() => other.heard.includes('down not_in_scope'));
  });

  it('asks for a stream that is made over when told to', async () => {
    const { connection, peers } = await connected(() => undefined);
    connection.open();
    await until(() => peers.length === 1);
    connection.transcode = true;
    connection.reopen();
    await until(() => peers.length === 2);
    expect(peers[1]?.url).toContain('plays=h264');
  });

  it('asks for another stream over the same connection, and begins with it after a break', async () => {
    const { connection, peers } = await connected(() => undefined);
    connection.open();
    await until(() => peers.length === 1 && (peers[0]?.received.length ?? 0) > 0);
    connection.want('sub');
    await until(() => (peers[0]?.received ?? []).includes('{"type":"stream","stream":"sub"}'));
    connection.reopen();
    await until(() => peers.length === 2);
    expect(peers[1]?.url).toContain('stream=sub');
  });

  it('stays closed when closed', async () => {
    const { connection, peers } = await connected((peer) => peer.close(1011));
    connection.open();
    await until(() => peers.length === 1);
    connection.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(peers).toHaveLength(1);
  });
});

describe('liveUrl', () => {
  it('follows the scheme of the engine', () => {
    expect(liveUrl('https://host:8410', 'a b', 't', true)).toBe(
      'wss://host:8410/live/a%20b?token=t&stream=main&plays=h264',
    );
  });
});

describe('faultOf', () => {
  it.each([
    [new NoTokenError('x', 'no_permission'), 'no_permission'],
    [new NoTokenError('x', ''), 'not_in_scope'],
    [{ status: 401 }, 'signed_out'],
    [{ status: 0 }, 'engine_unreachable'],
    [null, 'engine_unreachable'],
  ])('%s is %s', (error, fault) => expect(faultOf(error)).toBe(fault));
});

describe('TokenBroker', () => {
  const answer = (ids: string[]): TokenAnswer => ({
    items: ids.map((camera_id) => ({ camera_id, token: 't', expires_ms: Date.now() + 120_000, origin: 'http://x' })),
  });

  it('asks once for a wall of 25, twice for 40', async () => {
    const asked: string[][] = [];
    const broker = new TokenBroker((ids) => {
      asked.push(ids);
      return Promise.resolve(answer(ids));
    });
    await Promise.all(Array.from({ length: 25 }, (_, at) => broker.get(`c${at}`, 'live')));
    expect(asked.map((ids) => ids.length)).toEqual([25]);
    await Promise.all(Array.from({ length: 40 }, (_, at) => broker.get(`d${at}`, 'live')));
    expect(asked.map((ids) => ids.length)).toEqual([25, 36, 4]);
  });
  it('keeps a token for most of its life, not to its end, and not across uses', async () => {
    let calls = 0;
    let now = Date.now();
    const broker = new TokenBroker(
      (ids) => {
        calls += 1;
        return Promise.resolve(answer(ids));
      },
      () => now,
    );
    await broker.get('a', 'live');
    await broker.get('a', 'live');
    expect(calls).toBe(1);
    await broker.get('a', 'playback');
    expect(calls).toBe(2);
    now += 91_000;
    await broker.get('a', 'live');
    expect(calls).toBe(3);
    broker.discard('a', 'live');
    await broker.get('a', 'live');
    expect(calls).toBe(4);
  });
  it('refuses one camera without emptying the wall', async () => {
    const broker = new TokenBroker((ids) =>
      Promise.resolve({
        ...answer(ids.filter((id) => id !== 'gone')),
        refused: [{ camera_id: 'gone', code: 'not_found' }],
      }),
    );
    const [good, gone] = await Promise.allSettled([broker.get('good', 'live'), broker.get('gone', 'live')]);
    expect(good.status).toBe('fulfilled');
    expect(gone.status).toBe('rejected');
  });
});

/** Leave to use a camera's media: asked for in batches, so that a wall of 25 tiles asks once. */

export type MediaUse = 'live' | 'playback' | 'snapshot' | 'clip' | 'presentation';

export interface MediaToken {
  camera_id: string;
  token: string;
  /** Unix milliseconds on the server's clock. */
  expires_ms: number;
  /** Scheme, host and port of the media worker that has the camera. */
  origin: string;
}

export interface TokenAnswer {
  items: MediaToken[];
  /** Cameras for which no leave was given, and why: one such camera does not empty a wall. */
  refused?: { camera_id: string; code: string }[];
}

export type FetchTokens = (cameraIds: string[], uses: MediaUse[]) => Promise<TokenAnswer>;

/** No leave for this camera: retired, moved away, outside the person's scope, or the permission is not held there. */
export class NoTokenError extends Error {
  override name = 'NoTokenError';
  /** As an HTTP answer would have said it: 403 for a missing permission, else 404. */
  readonly status: 403 | 404;

  constructor(cameraId: string, code: string) {
    super(`no token for camera ${cameraId}`);
    this.status = /permission|forbidden/.test(code) ? 403 : 404;
  }
}

interface Waiting {
  resolve(token: MediaToken): void;
  reject(error: unknown): void;
}

const GATHER_MS = 8;
const MAX_BATCH = 36;
const LIFETIME_MS = 120_000;
/** A token is not used in its last part: it must still stand when the connection is made. */
const RESERVE_MS = 30_000;

export class TokenBroker {
  private readonly fetchTokens: FetchTokens;
  private readonly now: () => number;
  private readonly waiting = new Map<MediaUse, Map<string, Waiting[]>>();
  private readonly kept = new Map<string, { token: MediaToken; untilMs: number }>();

  constructor(fetchTokens: FetchTokens, now: () => number = () => Date.now()) {
    this.fetchTokens = fetchTokens;
    this.now = now;
  }

  /** A token good for `use`, fresh or kept. Rejects with NoTokenError or what the API client threw. */
  get(cameraId: string, use: MediaUse): Promise<MediaToken> {
    const kept = this.kept.get(`${use}/${cameraId}`);
    if (kept && kept.untilMs > this.now()) return Promise.resolve(kept.token);
    return new Promise((resolve, reject) => {
      let batch = this.waiting.get(use);
      if (!batch) {
        batch = new Map();
        this.waiting.set(use, batch);
        setTimeout(() => this.send(use), GATHER_MS);
      }
      const others = batch.get(cameraId);
      if (others) others.push({ resolve, reject });
      else batch.set(cameraId, [{ resolve, reject }]);
    });
  }

  /** Forgets a token that the engine refused. */
  discard(cameraId: string, use: MediaUse): void {
    this.kept.delete(`${use}/${cameraId}`);
  }

  /** Forgets all tokens of a camera: what may be done with it has changed. */
  discardAll(cameraId: string): void {
    for (const use of ['live', 'playback', 'snapshot', 'clip'] as const) this.discard(cameraId, use);
  }

  private send(use: MediaUse): void {
    const batch = this.waiting.get(use);
    this.waiting.delete(use);
    if (!batch) return;
    const ids = [...batch.keys()];
    for (let at = 0; at < ids.length; at += MAX_BATCH) void this.fetchSome(use, ids.slice(at, at + MAX_BATCH), batch);
  }

  private async fetchSome(use: MediaUse, ids: string[], batch: Map<string, Waiting[]>): Promise<void> {
    try {
      const { items, refused = [] } = await this.fetchTokens(ids, [use]);
      const tokens = new Map(items.map((token) => [token.camera_id, token]));
      const codes = new Map(refused.map((one) => [one.camera_id, one.code]));
      for (const id of ids) {
        const token = tokens.get(id);
        if (token) this.keep(use, token);
        for (const one of batch.get(id) ?? []) {
          if (token) one.resolve(token);
          else one.reject(new NoTokenError(id, codes.get(id) ?? ''));
        }
      }
    } catch (error) {
      for (const id of ids) for (const one of batch.get(id) ?? []) one.reject(error);
    }
  }

  private keep(use: MediaUse, token: MediaToken): void {
    // The lifetime is capped because the clock of this machine may be behind the server's.
    const lifetimeMs = Math.min(token.expires_ms - this.now(), LIFETIME_MS) - RESERVE_MS;
    if (lifetimeMs > 0) this.kept.set(`${use}/${token.camera_id}`, { token, untilMs: this.now() + lifetimeMs });
  }
}

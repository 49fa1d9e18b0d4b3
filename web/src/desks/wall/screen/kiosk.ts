/**
 * What stands before a screen of the wall: a browser at which nobody signs in. It makes a key, shows a code until
 * somebody types that in at the desk, then shows what the screen is to show. Whatever fails, it goes on asking.
 */
import { create } from 'zustand';
import { api, ApiError, askWithKey } from '@/api/client';
import type { components } from '@/api/schema.gen';
import type { ScreenNow } from '../screens/types';

const STORED_AS = 'prahari.screen';
const ASK_EVERY_MS = 5_000;
const WAIT_EVERY_MS = 2_000;
const AGAIN_AFTER_MS = 3_000;

type Enrolment = components['schemas']['EnrolmentOut'];

/** next: a key that the centre may know already, its answer was not heard. */
export interface Keys {
  key: string;
  next: string | null;
}

interface Kiosk {
  /** The code to type in at the desk; null: none is needed, or none came yet. */
  code: string | null;
  now: ScreenNow | null;
  /** Since when the centre does not answer. */
  lost_since_ms: number | null;
}
export const useKiosk = create<Kiosk>(() => ({ code: null, now: null, lost_since_ms: null }));

function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function revived(text: string | null): Keys | null {
  try {
    const { key, next } = JSON.parse(text ?? '{}') as Partial<Keys>;
    return typeof key === 'string' ? { key, next: typeof next === 'string' ? next : null } : null;
  } catch {
    return null;
  }
}

export interface World {
  keys: () => Keys;
  keep: (keys: Keys) => void;
  hash: (key: string) => Promise<string>;
  reload: () => void;
}

/** One question to the centre, and what follows from the answer. Answers with when to ask again. */
export class KioskLoop {
  private keys: Keys;
  private build: string | null = null;
  private codeUntil_ms = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;
  private asking = false;
  private soon = false;

  constructor(private readonly world: World) {
    this.keys = world.keys();
  }

  start(): void {
    this.stopped = false;
    askWithKey(`Screen ${this.keys.key}`);
    void this.round();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Something was told: ask now. */
  wake(): void {
    if (this.asking) this.soon = true;
    else void this.round();
  }

  private async round(): Promise<void> {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.asking = true;
    const wait_ms = await this.ask();
    this.asking = false;
    const soon = this.soon;
    this.soon = false;
    this.timer = setTimeout(() => void this.round(), soon ? 0 : wait_ms);
  }

  private async ask(): Promise<number> {
    try {
      const now = await api.get<ScreenNow>('/screen', {}, AbortSignal.timeout(10_000));
      return await this.take(now);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return this.notEnrolled();
      if (!(error instanceof ApiError)) reportError(error);
      useKiosk.setState((before) => ({ lost_since_ms: before.lost_since_ms ?? Date.now() }));
      return AGAIN_AFTER_MS;
    }
  }

  private async take(now: ScreenNow): Promise<number> {
    // A new version of the console is served: the page there answers, so it can be loaded.
    if (this.build !== null && now.build !== '' && now.build !== this.build) this.world.reload();
    this.build ??= now.build;
    this.codeUntil_ms = 0; // the code has been used
    useKiosk.setState({ now, code: null, lost_since_ms: null });
    if (now.change_key) await this.changeKey();
    return ASK_EVERY_MS;
  }

  /** Both keys are kept until it is known which one holds. */
  private async changeKey(): Promise<void> {
    const next = this.keys.next ?? newKey();
    this.keep({ key: this.keys.key, next });
    await api.put('/screen/key', { key_hash: await this.world.hash(next) });
    this.keep({ key: next, next: null });
  }

  private async notEnrolled(): Promise<number> {
    if (this.keys.next !== null) {
      this.keep({ key: this.keys.next, next: null });
      return 0;
    }
    // What was shown goes at once: nobody answers for this screen any more.
    useKiosk.setState({ now: null });
    if (Date.now() < this.codeUntil_ms) return WAIT_EVERY_MS;
    try {
      const waiting = await api.post<Enrolment>('/screen/enrolments', {
        key_hash: await this.world.hash(this.keys.key),
      });
      this.codeUntil_ms = waiting.expires_ms - 15_000;
      useKiosk.setState({ code: waiting.code, lost_since_ms: null });
      return WAIT_EVERY_MS;
    } catch (error) {
      // Too many wait, or the centre is away: either way it is asked again.
      if (!(error instanceof ApiError)) reportError(error);
      useKiosk.setState((before) => ({ code: null, lost_since_ms: before.lost_since_ms ?? Date.now() }));
      return AGAIN_AFTER_MS;
    }
  }

  private keep(keys: Keys): void {
    this.keys = keys;
    this.world.keep(keys);
    askWithKey(`Screen ${keys.key}`);
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const keep = (keys: Keys) => localStorage.setItem(STORED_AS, JSON.stringify(keys));

export const browserWorld: World = {
  keys: () => {
    const kept = revived(localStorage.getItem(STORED_AS)) ?? { key: newKey(), next: null };
    keep(kept);
    return kept;
  },
  keep,
  hash: sha256,
  reload: () => location.reload(),
};

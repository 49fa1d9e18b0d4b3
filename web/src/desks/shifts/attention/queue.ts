/** What has been measured and not yet taken by the centre: kept on this machine, each person's for that person alone. */
import type { Stretch } from '@/media/attention/tracker';

export const MOST_A_REQUEST = 500;
export const MOST_KEPT = 4_000;
/** The centre takes nothing older. */
const OLDEST_MS = 11 * 3_600_000;
const PREFIX = 'prahari.attention.';

export class StretchQueue {
  private waiting: Stretch[];

  constructor(
    private readonly person: string,
    private readonly storage: Storage,
    private readonly now: () => number = () => Date.now(),
  ) {
    this.waiting = this.read();
  }

  add(stretches: readonly Stretch[]): void {
    if (stretches.length === 0) return;
    this.waiting = [...this.waiting, ...stretches].slice(-MOST_KEPT);
    this.write();
  }

  /** The next to be sent; they stay until `sent`. */
  next(): Stretch[] {
    const oldest = this.now() - OLDEST_MS;
    this.waiting = this.waiting.filter((one) => one.from_ms > oldest);
    return this.waiting.slice(0, MOST_A_REQUEST);
  }

  sent(stretches: readonly Stretch[]): void {
    const gone = new Set(stretches.map((one) => one.id));
    this.waiting = this.waiting.filter((one) => !gone.has(one.id));
    this.write();
  }

  private read(): Stretch[] {
    try {
      const found: unknown = JSON.parse(this.storage.getItem(PREFIX + this.person) ?? '[]');
      return Array.isArray(found) ? (found as Stretch[]) : [];
    } catch {
      return []; // somebody else's writing: nothing of ours to send
    }
  }

  private write(): void {
    try {
      if (this.waiting.length > 0) this.storage.setItem(PREFIX + this.person, JSON.stringify(this.waiting));
      else this.storage.removeItem(PREFIX + this.person);
    } catch (error) {
      // No room: what waits is sent all the same, only a closed page would lose it.
      if (!(error instanceof DOMException)) throw error;
    }
  }
}

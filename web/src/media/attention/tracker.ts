/**
 * Which cameras' pictures play before somebody just now: a stretch of time for each, open while one tile of the camera
 * is visible and really playing and the person attends (window focused, page visible, not idle). Pure but for the clock.
 */

export interface Stretch {
  id: string;
  camera: string;
  from_ms: number;
  to_ms: number;
}

interface Tile {
  camera: string;
  visible: boolean;
  playing: boolean;
}

/** What goes on is cut after so long, so that a console that dies takes little with it. */
export const CUT_MS = 30_000;
/** Shorter than this is a tile that passed by. */
export const SHORTEST_MS = 1_000;

export class AttentionTracker {
  private readonly tiles = new Map<object, Tile>();
  private readonly open = new Map<string, number>();
  private done: Stretch[] = [];
  private attending = false;

  constructor(
    private readonly now: () => number,
    private readonly newId: () => string,
  ) {}

  /** `tile`: any object that stands for it. */
  set(tile: object, camera: string, visible: boolean, playing: boolean): void {
    this.tiles.set(tile, { camera, visible, playing });
    this.settle();
  }

  forget(tile: object): void {
    if (this.tiles.delete(tile)) this.settle();
  }

  attend(attending: boolean): void {
    if (attending === this.attending) return;
    this.attending = attending;
    this.settle();
  }

  /** Finished stretches, and pieces of open ones that have lasted long enough; all of them when `last`. */
  take(last = false): Stretch[] {
    const now = this.now();
    for (const [camera, from] of this.open) {
      if (!last && now - from < CUT_MS) continue;
      this.end(camera, from, now);
      this.open.set(camera, now);
    }
    const taken = this.done;
    this.done = [];
    return taken;
  }

  private settle(): void {
    const now = this.now();
    const watched = new Set<string>();
    if (this.attending)
      for (const tile of this.tiles.values()) if (tile.visible && tile.playing) watched.add(tile.camera);
    for (const [camera, from] of this.open)
      if (!watched.has(camera)) {
        this.open.delete(camera);
        this.end(camera, from, now);
      }
    for (const camera of watched) if (!this.open.has(camera)) this.open.set(camera, now);
  }

  private end(camera: string, from: number, to: number): void {
    if (to - from >= SHORTEST_MS) this.done.push({ id: this.newId(), camera, from_ms: from, to_ms: to });
  }
}

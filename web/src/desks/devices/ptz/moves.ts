/** Orders to a camera's head, one after the other, and a held direction that is asked for again until it is let go. */

export interface Order {
  kind: 'continuous' | 'stop' | 'go_to_preset';
  pan?: number;
  tilt?: number;
  zoom?: number;
  timeout_ms?: number;
  preset?: string;
  take_over?: boolean;
}

export interface Direction {
  pan: number;
  tilt: number;
  zoom: number;
}

/** A held move is asked for again before it runs out; when this page dies, the camera stands still after this. */
export const HELD_MS = 3_000;
export const AGAIN_MS = 1_800;

export class Moves {
  private last: Promise<unknown> = Promise.resolve();
  private timer: ReturnType<typeof setInterval> | undefined;
  private held: Direction | null = null;

  /** `send` carries an order out; `failed` is told of one that was refused. */
  constructor(
    private readonly send: (order: Order) => Promise<unknown>,
    private readonly failed: (error: unknown) => void,
  ) {}

  get isHeld(): boolean {
    return this.held !== null;
  }

  order(order: Order): Promise<unknown> {
    this.last = this.last.then(() => this.send(order)).catch((error: unknown) => this.failed(error));
    return this.last;
  }

  hold(direction: Direction): void {
    this.forget();
    this.held = direction;
    const go = () => void this.order({ kind: 'continuous', ...direction, timeout_ms: HELD_MS });
    go();
    this.timer = setInterval(go, AGAIN_MS);
  }

  release(): void {
    if (!this.held) return;
    this.forget();
    void this.order({ kind: 'stop' });
  }

  private forget(): void {
    clearInterval(this.timer);
    this.held = null;
  }
}

const KEYS: Record<string, Direction> = {
  ArrowLeft: { pan: -1, tilt: 0, zoom: 0 },
  ArrowRight: { pan: 1, tilt: 0, zoom: 0 },
  ArrowUp: { pan: 0, tilt: 1, zoom: 0 },
  ArrowDown: { pan: 0, tilt: -1, zoom: 0 },
  '+': { pan: 0, tilt: 0, zoom: 1 },
  '=': { pan: 0, tilt: 0, zoom: 1 },
  '-': { pan: 0, tilt: 0, zoom: -1 },
};

/** What a key stands for on the pad; undefined for all others. */
export const directionOf = (key: string): Direction | undefined => KEYS[key];

export const atSpeed = ({ pan, tilt, zoom }: Direction, speed: number): Direction => ({
  pan: pan * speed,
  tilt: tilt * speed,
  zoom: zoom * speed,
});

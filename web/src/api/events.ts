/** The event stream: one connection a console, resumed where it stopped, with a fresh token whenever one ends. */
import { create } from 'zustand';
import { api, asksWithKey } from './client';
import { liveness, type StatusEventData } from './liveness';

export interface StreamEvent {
  type: string;
  subject: string;
  time_ms: number;
  data: unknown;
}

interface Connection {
  state: 'connecting' | 'open' | 'down';
  since_ms: number;
}
export const useConnection = create<Connection>(() => ({ state: 'connecting', since_ms: Date.now() }));

function moveTo(state: Connection['state']): void {
  if (useConnection.getState().state !== state) useConnection.setState({ state, since_ms: Date.now() });
}

const TYPES = [
  'camera.status',
  'camera.proof',
  'camera.changed',
  'recording.gap',
  'access.changed',
  'alarm.raised',
  'alarm.changed',
  'incident.changed',
  'citizen_report.changed',
  'unit.position',
  'unit.changed',
  'assignment.changed',
  'shift.changed',
  'wall.changed',
];
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server sends a comment each 15 s, which EventSource does not show; camera.proof comes every 5 s. */

export interface EventListener {
  onEvent: (event: StreamEvent) => void;
  /** Nothing was heard of what happened until now: everything shown must be read again. */
  onResync: () => void;
}

export class EventStream {
  private source: EventSource | null = null;
  private lastId = '';
  private wait_ms = FIRST_WAIT_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;

  constructor(private readonly listener: EventListener) {}

  start(): void {
    this.stopped = false;
    void this.open();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private async open(): Promise<void> {
    if (this.stopped) return;
    let leave: { url: string; token: string; expires_ms: number };
    try {
      leave = await api.post(asksWithKey() ? '/screen/event-token' : '/event-token');
    } catch {
      this.again();
      return;
    }
    if (this.stopped) return;
    const url = new URL(leave.url, location.href);
    url.searchParams.set('token', leave.token);
    if (this.lastId) url.searchParams.set('last_event_id', this.lastId);
    const source = new EventSource(url);
    this.source = source;
    source.addEventListener('hello', (message) => this.hello(message));
    for (const type of TYPES) source.addEventListener(type, (message) => this.take(type, message));
    // EventSource would reconnect with the old token: a new stream is opened with a new one instead.
    source.onerror = () => this.again();
  }

  private hello(message: MessageEvent<string>): void {
    const { now_ms, resumed } = JSON.parse(message.data) as { now_ms: number; resumed: boolean };
    liveness.clockOffset_ms = now_ms - Date.now();
    this.wait_ms = FIRST_WAIT_MS;
    moveTo('open');
    if (resumed) return;
    // The first time too: what a screen read before this moment may have become another since, and nobody told it.
    liveness.clear();
    this.listener.onResync();
  }

  private take(type: string, message: MessageEvent<string>): void {
    if (message.lastEventId) this.lastId = message.lastEventId;
    const body = JSON.parse(message.data) as Omit<StreamEvent, 'type'>;
    if (type === 'camera.status') liveness.status(body.subject, body.time_ms, body.data as StatusEventData);
    else if (type === 'camera.proof')
      liveness.proof((body.data as { rows: [string, number, number, number][] }).rows, body.time_ms);
    this.listener.onEvent({ ...body, type });
  }

  private again(): void {
    this.source?.close();
    this.source = null;
    if (this.stopped) return;
    moveTo('down');
    clearTimeout(this.timer);
    // Spread out, so that two hundred consoles do not come back in the same instant.
    this.timer = setTimeout(() => void this.open(), this.wait_ms * (0.5 + Math.random()));
    this.wait_ms = Math.min(LONGEST_WAIT_MS, this.wait_ms * 2);
  }
}

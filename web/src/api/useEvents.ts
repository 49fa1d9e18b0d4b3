import { useEffect, useRef } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { EventStream, type StreamEvent } from './events';
import { liveness } from './liveness';

const COUNTS_AFTER_MS = 1000;

/** Marks what an event made stale, gathering a burst into one read. */
export class CacheUpdater {
  private timers = new Map<string, ReturnType<typeof setTimeout>>();
  constructor(private readonly client: QueryClient) {}

  take(event: StreamEvent): void {
    switch (event.type) {
      case 'camera.status':
        this.soon(['counts']);
        this.soon(['camera-status-history', event.subject]);
        break;
      case 'camera.changed':
        this.soon(['counts']);
        this.soon(['cameras']);
        this.soon(['camera-map']);
        this.soon(['camera', event.subject]);
        break;
      case 'camera.health':
        this.soon(['health', 'now']);
        this.soon(['health', 'camera', event.subject]);
        break;
      case 'recording.gap':
        this.soon(['timeline', event.subject]);
        break;
      case 'alarm.raised':
      case 'alarm.changed':
        this.soon(['alarms', 'counts']);
        this.soon(['alarms', 'cameras']);
        this.soon(['alarms', 'one', event.subject]);
        break;
      case 'citizen_report.changed':
        this.soon(['citizens']);
        break;
      case 'wall.changed':
        this.soon(['screens']);
        break;
      case 'shift.changed':
        this.soon(['shifts']);
        break;
      case 'access.changed':
        this.soon(['me']);
        break;
    }
  }

  resync(): void {
    void this.client.invalidateQueries();
  }

  stop(): void {
    this.timers.forEach(clearTimeout);
    this.timers.clear();
  }

  private soon(queryKey: string[]): void {
    const key = queryKey.join('/');
    if (this.timers.has(key)) return;
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.client.invalidateQueries({ queryKey });
      }, COUNTS_AFTER_MS),
    );
  }
}

/** Keeps the console true while it is mounted and somebody is signed in: once, in the shell. */
export function useEvents(signedIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    const updater = new CacheUpdater(client);
    const stream = new EventStream({ onEvent: (event) => fanOut(event, updater), onResync: () => updater.resync() });
    stream.start();
    const sweep = setInterval(() => liveness.expire(), 1000);
    return () => {
      stream.stop();
      updater.stop();
      clearInterval(sweep);
    };
  }, [client, signedIn]);
}

const taps = new Set<(event: StreamEvent) => void>();
function fanOut(event: StreamEvent, updater: CacheUpdater): void {
  updater.take(event);
  taps.forEach((tap) => tap(event));
}

/** Every event of the stream, for a component that shows more than a state. */
export function useEventTap(tap: (event: StreamEvent) => void): void {
  const latest = useRef(tap);
  useEffect(() => {
    latest.current = tap;
  });
  useEffect(() => {
    const forward = (event: StreamEvent) => latest.current(event);
    taps.add(forward);
    return () => void taps.delete(forward);
  }, []);
}

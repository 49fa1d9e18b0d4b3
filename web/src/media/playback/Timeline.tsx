import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useNow } from '@/kit';
import { fetchDeviceStretches, fetchTimeline, type TimelineData } from '../engine';
import { onTick } from '../ticker';
import { draw, type TimelineMark } from './draw';
import * as scale from './scale';
import classes from './Timeline.module.css';

export interface TimelineEvent {
  atMs: number;
  /** Length; 0 for a moment. */
  lengthMs?: number;
  colour?: string;
  label: string;
}

export interface TimelineProps {
  cameraId: string;
  view: scale.View;
  onView: (view: scale.View) => void;
  /** Capture time of the shown picture, or null. */
  positionMs: () => number | null;
  /** The position runs with the clock: the view follows it. */
  live: boolean;
  onSeek: (atMs: number) => void;
  events?: TimelineEvent[];
  /** Show what lies on the device's own disk. */
  hasDisk?: boolean;
  marks?: { inMs: number | null; outMs: number | null };
}

const REFRESH_MS = 10_000;
const DEVICE_REFRESH_MS = 60_000;
const DRAG_PX = 4;
const NONE: [number, number][] = [];
const EMPTY: TimelineData = {
  recordings: [],
  gaps: [],
  pauses: [],
  events: [],
  damaged: [],
  away: [],
  first_ms: null,
  last_ms: null,
  held: false,
};

/** What was recorded and when, and why not; click or arrow keys go there. */
export function Timeline({
  cameraId,
  view,
  onView,
  positionMs,
  live,
  onSeek,
  events = [],
  hasDisk = false,
  marks,
}: TimelineProps) {
  const { t } = useTranslation('media');
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<{ xPx: number; atMs: number } | null>(null);
  const [widthPx, setWidthPx] = useState(600);
  const pointers = useRef(new Map<number, number>());
  const gesture = useRef<{ startX: number; moved: boolean; view: scale.View; spreadPx: number } | null>(null);

  const asked = useMemo(() => scale.windowOf(view), [view]);
  const now = useNow(REFRESH_MS);
  const growing = asked.toMs > now;
  const { data = EMPTY, isError } = useQuery({
    queryKey: ['timeline', cameraId, asked.fromMs, asked.toMs],
    queryFn: ({ signal }) => fetchTimeline(cameraId, asked.fromMs, asked.toMs, signal),
    placeholderData: keepPreviousData,
    refetchInterval: growing ? REFRESH_MS : false,
    staleTime: growing ? REFRESH_MS / 2 : 600_000,
  });

  const { data: onDevice = NONE, isError: deviceFails } = useQuery({
    queryKey: ['device-recordings', cameraId, asked.fromMs, asked.toMs],
    queryFn: ({ signal }) => fetchDeviceStretches(cameraId, asked.fromMs, asked.toMs, signal),
    enabled: hasDisk,
    placeholderData: keepPreviousData,
    refetchInterval: growing ? DEVICE_REFRESH_MS : false,
    staleTime: growing ? DEVICE_REFRESH_MS / 2 : 600_000,
    retry: false,
  });

  // What the drawing needs, read past React: the position moves four times a second.
  const latest = useRef({ view, positionMs, live, onView });
  useEffect(() => {
    latest.current = { view, positionMs, live, onView };
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const paint = () => {
      const atMs = latest.current.positionMs();
      const list: TimelineMark[] = events.map((event) => ({ ...event, lengthMs: event.lengthMs ?? 0 }));
      draw(element, {
        view: latest.current.view,
        data,
        onDevice,
        events: list,
        marks,
        positionMs: atMs,
        hoverMs: hover?.atMs ?? null,
        format,
      });
      slider.current?.setAttribute('aria-valuenow', String(Math.round((atMs ?? Date.now()) / 1000)));
      slider.current?.setAttribute('aria-valuetext', atMs === null ? t('timeline.no_position') : format.dateTime(atMs));
      if (
        atMs !== null &&
        gesture.current === null &&
        (latest.current.live || withinSight(latest.current.view, atMs))
      ) {
        const next = scale.following(latest.current.view, atMs);
        if (next !== latest.current.view) latest.current.onView(next);
      }
    };
    paint();
    return onTick(paint);
  }, [data, onDevice, events, marks, hover, format, t, view, widthPx]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (!box) return;
      const ratio = window.devicePixelRatio || 1;
      element.width = Math.round(box.width * ratio);
      element.height = Math.round(box.height * ratio);
      setWidthPx(box.width);
    });
    observer.observe(element);
    // React listens passively to wheels, which could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { view: now, onView: tell } = latest.current;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
        const px = event.deltaX || event.deltaY;
        tell(scale.notBeyond(scale.shift(now, (px / element.clientWidth) * scale.spanOf(now)), Date.now()));
        return;
      }
      const atMs = scale.timeAt(now, element.clientWidth, event.offsetX);
      tell(scale.notBeyond(scale.zoomAround(now, atMs, Math.exp(event.deltaY * 0.0015)), Date.now()));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
    };
  }, []);

  const seek = (atMs: number) => onSeek(Math.min(atMs, Date.now()));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, event.nativeEvent.offsetX);
    gesture.current = {
      startX: event.nativeEvent.offsetX,
      moved: pointers.current.size > 1,
      view,
      spreadPx: spread(pointers.current),
    };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const xPx = event.nativeEvent.offsetX;
    const begun = gesture.current;
    if (!begun || !pointers.current.has(event.pointerId)) {
      if (event.pointerType === 'mouse') setHover({ xPx, atMs: scale.timeAt(view, widthPx, xPx) });
      return;
    }
    pointers.current.set(event.pointerId, xPx);
    if (pointers.current.size > 1) {
      const middlePx = [...pointers.current.values()].reduce((sum, one) => sum + one, 0) / pointers.current.size;
      const factor = begun.spreadPx / Math.max(10, spread(pointers.current));
      onView(
        scale.notBeyond(scale.zoomAround(begun.view, scale.timeAt(begun.view, widthPx, middlePx), factor), Date.now()),
      );
      return;
    }
    if (!begun.moved && Math.abs(xPx - begun.startX) < DRAG_PX) return;
    begun.moved = true;
    setHover(null);
    const byMs = ((begun.startX - xPx) / Math.max(1, widthPx)) * scale.spanOf(begun.view);
    onView(scale.notBeyond(scale.shift(begun.view, byMs), Date.now()));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const begun = gesture.current;
    pointers.current.delete(event.pointerId);
    if (pointers.current.size > 0) return;
    gesture.current = null;
    if (begun && !begun.moved && event.type === 'pointerup')
      seek(scale.timeAt(view, widthPx, event.nativeEvent.offsetX));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const atMs = positionMs() ?? (view.fromMs + view.toMs) / 2;
    const stepMs = event.shiftKey ? 60_000 : event.ctrlKey || event.metaKey ? 1_000 : 10_000;
    const acts: Record<string, () => void> = {
      ArrowLeft: () => seek(atMs - stepMs),
      ArrowRight: () => seek(atMs + stepMs),
      PageUp: () => seek(atMs - scale.spanOf(view) / 2),
      PageDown: () => seek(atMs + scale.spanOf(view) / 2),
      Home: () => data.first_ms !== null && seek(data.first_ms),
      End: () => seek(Date.now()),
      ArrowUp: () => onView(scale.zoomAround(view, atMs, 0.5)),
      ArrowDown: () => onView(scale.notBeyond(scale.zoomAround(view, atMs, 2), Date.now())),
      '+': () => onView(scale.zoomAround(view, atMs, 0.5)),
      '-': () => onView(scale.notBeyond(scale.zoomAround(view, atMs, 2), Date.now())),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div className={classes.timeline}>
      <div
        ref={slider}
        className={classes.slider}
        role="slider"
        tabIndex={0}
        aria-label={t('timeline.label')}
        aria-valuemin={Math.round((data.first_ms ?? view.fromMs) / 1000)}
        aria-valuemax={Math.round(Math.max(view.toMs, now) / 1000)}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onPointerLeave={() => setHover(null)}
      >
        <canvas ref={canvas} className={classes.canvas} />
      </div>
      {hover && (
        <div
          className={classes.hover}
          style={{ left: Math.min(Math.max(hover.xPx, 90), Math.max(90, widthPx - 90)) }}
          role="tooltip"
        >
          <b>{format.dateTime(hover.atMs)}</b>
          <span>{told(hover.atMs)}</span>
        </div>
      )}
      {deviceFails && !isError && <div className={classes.note}>{t('timeline.device_failed')}</div>}
      {isError && <div className={classes.failed}>{t('timeline.failed')}</div>}
    </div>
  );

  function told(atMs: number): string {
    const nearMs = (scale.spanOf(view) / Math.max(1, widthPx)) * 5;
    const event = events.find((one) => atMs >= one.atMs - nearMs && atMs <= one.atMs + (one.lengthMs ?? 0) + nearMs);
    if (event) return event.label;
    if (scale.stretchAt(data.damaged, atMs)) return t('timeline.damaged');
    if (scale.stretchAt(data.away, atMs)) return t('timeline.away');
    const cause = data.events.find((one) => atMs >= one.from_ms && atMs <= one.until_ms);
    if (cause && scale.stretchAt(data.recordings, atMs)) {
      return t('timeline.because', { why: cause.why, time: format.time(cause.at_ms, true) });
    }
    if (scale.stretchAt(data.recordings, atMs)) return t(data.held ? 'timeline.recorded_held' : 'timeline.recorded');
    if (scale.stretchAt(onDevice, atMs)) return t('timeline.on_device');
    const gap = data.gaps.find((one) => atMs >= one.start_ms && atMs <= one.end_ms);
    if (gap)
      return t('timeline.gap', {
        length: format.length(gap.end_ms - gap.start_ms),
        reason: t(`kit:reason.${gap.reason}`),
      });
    if (scale.stretchAt(data.pauses, atMs)) return t('timeline.pause');
    if (atMs > Date.now()) return t('timeline.future');
    return t('timeline.none');
  }
}

function spread(pointers: Map<number, number>): number {
  const xs = [...pointers.values()];
  return xs.length < 2 ? 0 : Math.max(...xs) - Math.min(...xs);
}

/** Followed only while the reader has not moved the view away from the position. */
function withinSight(view: scale.View, atMs: number): boolean {
  const share = (atMs - view.fromMs) / scale.spanOf(view);
  return share > 0.9 && share < 1.02;
}

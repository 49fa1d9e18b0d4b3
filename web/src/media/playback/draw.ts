/** Paints the timeline: recordings, gaps, events, marks, labels, position. */

import type { Format } from '@/kit';
import type { TimelineData } from '../engine';
import * as scale from './scale';

export interface TimelineMark {
  atMs: number;
  lengthMs: number;
  colour?: string;
}

export interface TimelinePicture {
  view: scale.View;
  data: TimelineData;
  /** What lies on the device's own disk. */
  onDevice: [number, number][];
  events: TimelineMark[];
  marks?: { inMs: number | null; outMs: number | null } | undefined;
  positionMs: number | null;
  hoverMs: number | null;
  format: Format;
}

const TRACK_TOP_PX = 24;
const TRACK_PX = 22;
const EVENTS_PX = 8;

export function draw(canvas: HTMLCanvasElement, picture: TimelinePicture): void {
  const context = canvas.getContext('2d');
  if (!context || canvas.width === 0) return;
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.width / ratio;
  const height = canvas.height / ratio;
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name).trim() || '#888';
  const x = (atMs: number) => scale.xOf(picture.view, width, atMs);
  const stretch = (fromMs: number, toMs: number, top: number, tall: number) => {
    const from = Math.max(-2, x(fromMs));
    const to = Math.min(width + 2, x(toMs));
    if (to >= 0 && from <= width) context.fillRect(from, top, Math.max(1, to - from), tall);
  };

  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.fillStyle = colour('--ground-deep');
  context.fillRect(0, TRACK_TOP_PX, width, TRACK_PX);

  // Lower and quieter than ours: where both have it, ours is what is played.
  context.fillStyle = colour('--muted');
  for (const [fromMs, toMs] of picture.onDevice) stretch(fromMs, toMs, TRACK_TOP_PX + TRACK_PX / 2, TRACK_PX / 2);
  context.fillStyle = colour('--accent');
  for (const [fromMs, toMs] of picture.data.recordings) stretch(fromMs, toMs, TRACK_TOP_PX, TRACK_PX);
  for (const [fromMs, toMs] of picture.data.away) {
    context.globalAlpha = 0.35;
    stretch(fromMs, toMs, TRACK_TOP_PX, TRACK_PX);
    context.globalAlpha = 1;
  }
  // Not recorded by policy is a thin quiet line, not a hatched gap: nothing went wrong.
  context.fillStyle = colour('--muted');
  for (const [fromMs, toMs] of picture.data.pauses) stretch(fromMs, toMs, TRACK_TOP_PX + TRACK_PX / 2 - 1, 2);
  for (const event of picture.data.events) {
    context.fillStyle = colour('--text');
    stretch(event.at_ms, event.at_ms + 1, TRACK_TOP_PX, TRACK_PX);
    stretch(event.at_ms, event.until_ms, TRACK_TOP_PX + TRACK_PX - 3, 3);
  }
  for (const [fromMs, toMs] of picture.data.damaged) {
    context.fillStyle = colour('--alarm');
    stretch(fromMs, toMs, TRACK_TOP_PX, TRACK_PX);
    hatch(context, Math.max(0, x(fromMs)), Math.min(width, x(toMs)), colour('--ground-deep'));
  }
  for (const gap of picture.data.gaps)
    hatch(context, Math.max(0, x(gap.start_ms)), Math.min(width, x(gap.end_ms)), colour('--stalled'));
  for (const event of picture.events) {
    context.fillStyle = event.colour ?? colour('--alarm');
    stretch(event.atMs, event.atMs + Math.max(event.lengthMs, 1), TRACK_TOP_PX + TRACK_PX + 4, EVENTS_PX);
  }
  drawMarks(context, picture, x, width, colour);
  drawLabels(context, picture, x, width, colour, style.fontFamily);

  const now = x(Date.now());
  if (now < width) {
    context.fillStyle = colour('--hover');
    context.globalAlpha = 0.55;
    context.fillRect(Math.max(0, now), TRACK_TOP_PX, width - now, TRACK_PX);
    context.globalAlpha = 1;
    context.fillStyle = colour('--live');
    context.fillRect(now - 0.5, TRACK_TOP_PX - 4, 1.5, TRACK_PX + 8);
  }
  if (picture.hoverMs !== null) {
    context.fillStyle = colour('--muted');
    context.fillRect(x(picture.hoverMs), TRACK_TOP_PX - 4, 1, TRACK_PX + 8);
  }
  if (picture.positionMs !== null) drawPosition(context, x(picture.positionMs), colour('--text'));
}

/** Gaps are hatched as well as coloured: a colour alone tells nothing to many eyes. */
function hatch(context: CanvasRenderingContext2D, from: number, to: number, colour: string): void {
  if (to <= from) return;
  context.save();
  context.beginPath();
  context.rect(from, TRACK_TOP_PX, Math.max(1.5, to - from), TRACK_PX);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  const first = Math.floor((from - TRACK_PX) / 7) * 7;
  for (let at = first; at < to; at += 7) {
    context.moveTo(at, TRACK_TOP_PX + TRACK_PX);
    context.lineTo(at + TRACK_PX, TRACK_TOP_PX);
  }
  context.stroke();
  context.strokeRect(from, TRACK_TOP_PX + 0.5, to - from, TRACK_PX - 1);
  context.restore();
}

function drawMarks(
  context: CanvasRenderingContext2D,
  { marks }: TimelinePicture,
  x: (atMs: number) => number,
  width: number,
  colour: (name: string) => string,
): void {
  if (!marks) return;
  const { inMs, outMs } = marks;
  context.fillStyle = colour('--text');
  if (inMs !== null && outMs !== null) {
    context.globalAlpha = 0.28;
    context.fillRect(x(inMs), TRACK_TOP_PX, Math.max(1, x(outMs) - x(inMs)), TRACK_PX);
    context.globalAlpha = 1;
  }
  for (const [atMs, towards] of [
    [inMs, 1],
    [outMs, -1],
  ] as const) {
    if (atMs === null || x(atMs) < -8 || x(atMs) > width + 8) continue;
    context.fillRect(x(atMs) - 1, TRACK_TOP_PX - 3, 2, TRACK_PX + 6);
    context.fillRect(towards > 0 ? x(atMs) : x(atMs) - 6, TRACK_TOP_PX - 3, 6, 2);
    context.fillRect(towards > 0 ? x(atMs) : x(atMs) - 6, TRACK_TOP_PX + TRACK_PX + 1, 6, 2);
  }
}

function drawLabels(
  context: CanvasRenderingContext2D,
  { view, format }: TimelinePicture,
  x: (atMs: number) => number,
  width: number,
  colour: (name: string) => string,
  fontFamily: string,
): void {
  const { atMs, stepMs } = scale.ticksOf(view, width);
  context.font = `12px ${fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const at of atMs) {
    const px = x(at);
    const midnight = scale.dayStart(at) === at;
    context.fillStyle = colour('--line');
    context.fillRect(px, TRACK_TOP_PX - 5, 1, 5);
    context.fillStyle = colour(midnight ? '--text' : '--muted');
    context.fillText(
      midnight || stepMs >= scale.DAY_MS ? format.date(at) : format.time(at, stepMs < scale.MINUTE_MS),
      px,
      14,
    );
  }
}

function drawPosition(context: CanvasRenderingContext2D, px: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(px - 1, TRACK_TOP_PX - 4, 2, TRACK_PX + 8);
  context.beginPath();
  context.moveTo(px - 6, TRACK_TOP_PX - 8);
  context.lineTo(px + 6, TRACK_TOP_PX - 8);
  context.lineTo(px, TRACK_TOP_PX);
  context.fill();
}

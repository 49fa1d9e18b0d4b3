/** A camera recorded by the centre and on its device's own disk: ours where it is, the device's in between. */

import type { PlaybackAnswer, RecordingSource } from '../engine';

/** A hole shorter than this is a late picture, not a gap. */
const GAP_MS = 2_000;

type Open = (fromMs: number, toMs: number, source: RecordingSource) => Promise<PlaybackAnswer>;

const beginOf = (answer: PlaybackAnswer) => (answer.chunk ? answer.chunk.startMs : answer.nextMs);

/**
 * The piece to be shown next. `isFirst`: somebody has just gone there; then a device that fails is told, while
 * one that fails in the midst of playing is passed over.
 */
export async function openEither(open: Open, fromMs: number, toMs: number, isFirst: boolean): Promise<PlaybackAnswer> {
  const ours = await open(fromMs, toMs, 'centre');
  const oursMs = beginOf(ours);
  if (ours.chunk && ours.chunk.startMs <= fromMs + GAP_MS) return ours;
  let theirs: PlaybackAnswer;
  try {
    theirs = await open(fromMs, Math.min(toMs, oursMs ?? toMs), 'device');
  } catch (error) {
    if (!isFirst) return ours;
    void ours.chunk?.body.cancel();
    throw error;
  }
  const theirsMs = beginOf(theirs);
  if (theirsMs === null) return ours;
  if (oursMs !== null && oursMs <= theirsMs) {
    void theirs.chunk?.body.cancel();
    return ours;
  }
  void ours.chunk?.body.cancel();
  return theirs;
}

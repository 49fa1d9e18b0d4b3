/** Proof of attention on the console's side: tiles tell here; a desk that reports it takes from here (desks/shifts). */
import { newId } from '@/kit/upload';
import { AttentionTracker } from './tracker';

export const attention = new AttentionTracker(
  () => Date.now(),
  () => newId(),
);

/** Half of a picture at least: a strip at the edge of a list is not watched. */
const VISIBLE_SHARE = 0.5;

/** Follows one tile's element until the answer is called. `playing` tells whether new pictures come. */
export function followTile(element: Element, cameraId: string) {
  const tile = {};
  let visible = false;
  let playing = false;
  const tell = () => attention.set(tile, cameraId, visible, playing);
  const observer = new IntersectionObserver(
    (entries) => {
      visible = (entries[entries.length - 1]?.intersectionRatio ?? 0) >= VISIBLE_SHARE;
      tell();
    },
    { threshold: [0, VISIBLE_SHARE] },
  );
  observer.observe(element);
  return {
    setPlaying(now: boolean) {
      if (now === playing) return;
      playing = now;
      tell();
    },
    stop() {
      observer.disconnect();
      attention.forget(tile);
    },
  };
}

import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';
import { useCan, useMe } from '@/api/queries';
import { attention } from '@/media/attention';
import { myShiftQuery } from '../queries';
import { StretchQueue } from './queue';

const EVERY_MS = 10_000;
const STIRRED_BY = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
const IDLE_UNTIL_TOLD_S = 900;

/**
 * Reports which pictures played before the signed-in person, in batches: while the window is focused, the page visible
 * and somebody has touched mouse or keys lately. Once, in the shell; a kiosk before a wall has no shell.
 */
export function useAttentionReport(signedIn: boolean): void {
  const person = useMe()?.id;
  const watches = useCan('camera.live');
  const onPosts = useCan('shift.view');
  const idle_s = useQuery({ ...myShiftQuery, enabled: signedIn && onPosts }).data?.idle_s ?? IDLE_UNTIL_TOLD_S;

  useEffect(() => {
    if (!signedIn || !person || !watches) return;
    const queue = new StretchQueue(person, localStorage);
    let stirred_ms = Date.now();
    let sending = false;
    const judge = () =>
      attention.attend(!document.hidden && document.hasFocus() && Date.now() - stirred_ms < idle_s * 1000);
    const stir = () => {
      stirred_ms = Date.now();
      judge();
    };
    const send = async () => {
      judge();
      queue.add(attention.take());
      const stretches = queue.next();
      if (sending || stretches.length === 0) return;
      sending = true;
      try {
        await api.post('/attention', { sent_ms: Date.now(), stretches });
        queue.sent(stretches);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Not to be taken ever (a page of another version): sending it again for hours helps nobody.
        if (error.status === 422) queue.sent(stretches);
      } finally {
        sending = false;
      }
    };
    const leave = () => {
      attention.attend(false);
      queue.add(attention.take(true));
    };
    judge();
    const timer = setInterval(() => void send(), EVERY_MS);
    STIRRED_BY.forEach((name) => window.addEventListener(name, stir, { passive: true }));
    ['focus', 'blur'].forEach((name) => window.addEventListener(name, judge));
    document.addEventListener('visibilitychange', judge);
    window.addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      STIRRED_BY.forEach((name) => window.removeEventListener(name, stir));
      ['focus', 'blur'].forEach((name) => window.removeEventListener(name, judge));
      document.removeEventListener('visibilitychange', judge);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [signedIn, person, watches, idle_s]);
}

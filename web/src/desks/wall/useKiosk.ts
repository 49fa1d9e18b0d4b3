import { useCallback, useEffect, useState } from 'react';
import { useAwake } from './useAwake';

const IDLE_MS = 3_000;

/** The wall without chrome: full screen, pointer hidden when nobody moves it, and in kiosk mode a screen that stays on. */
export function useKiosk(unattended: boolean) {
  const [bare, setBare] = useState(unattended);
  const [idle, setIdle] = useState(false);

  useEffect(() => {
    if (!bare) return;
    let timer: ReturnType<typeof setTimeout>;
    const stir = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), IDLE_MS);
    };
    stir();
    window.addEventListener('pointermove', stir);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', stir);
      setIdle(false);
    };
  }, [bare]);

  useAwake(bare);

  useEffect(() => {
    // Leaving full screen by its own key brings the chrome back, unless nobody is there to use it.
    const onChange = () => {
      if (!document.fullscreenElement && !unattended) setBare(false);
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [unattended]);

  const toggleFullScreen = useCallback(() => {
    if (document.fullscreenElement) {
      void document.exitFullscreen();
      return;
    }
    setBare(true);
    void document.documentElement.requestFullscreen();
  }, []);

  return { bare, setBare, idle: bare && idle, toggleFullScreen };
}

import { useEffect } from 'react';
import { installShell } from './shell';

interface Page {
  open(): Promise<void>;
  refresh(): Promise<void>;
  offline(): void;
}

/** Open the telephone's database, ask the centre, and ask again whenever there is a chance to be heard. Fixed parts. */
export function useTelephone({ open, refresh, offline }: Page) {
  useEffect(() => {
    void open();
    void installShell();
    // Without this the browser may clear what was recorded when the telephone is full.
    void navigator.storage?.persist?.();
    const again = () => void refresh();
    const seen = () => document.visibilityState === 'visible' && again();
    window.addEventListener('online', again);
    window.addEventListener('offline', offline);
    document.addEventListener('visibilitychange', seen);
    return () => {
      window.removeEventListener('online', again);
      window.removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [open, refresh, offline]);
}

import { useCallback, useEffect, useState } from 'react';
import type { ShownCamera } from '../screens/types';
import { CameraTile } from './CameraTile';
import classes from './screen.module.css';

const LATEST_MS = 4_000;

interface Props {
  cameras: (ShownCamera | null)[];
  dwell_s: number;
  small: boolean;
}

/** One camera after the other. The next is opened behind the present one and comes forward with its first picture, so
 * that the tile is never dark; one that has no picture comes forward all the same a moment later. */
export function Tour({ cameras, dwell_s, small }: Props) {
  const stops = cameras.filter((one) => one !== null);
  const [{ at, coming }, setStop] = useState<{ at: number; coming: number | null }>({ at: 0, coming: null });
  const forward = useCallback((next: number) => setStop({ at: next, coming: null }), []);
  const count = stops.length;

  useEffect(() => {
    if (count < 2) return;
    const timer = setInterval(() => setStop({ at, coming: (at + 1) % count }), dwell_s * 1000);
    return () => clearInterval(timer);
  }, [at, count, dwell_s]);
  useEffect(() => {
    if (coming === null) return;
    const timer = setTimeout(() => forward(coming), LATEST_MS);
    return () => clearTimeout(timer);
  }, [coming, forward]);
  const shown = stops[at % Math.max(1, count)];
  if (!shown) return <CameraTile camera={null} small={small} />;
  const next = coming === null ? undefined : stops[coming];
  return (
    <div className={classes.layers}>
      {[shown, ...(next && next.id !== shown.id ? [next] : [])].map((camera) => (
        <div key={camera.id} className={classes.layer} data-coming={camera !== shown || undefined}>
          <CameraTile
            camera={camera}
            small={small}
            onPicture={camera === shown || coming === null ? undefined : () => forward(coming)}
          />
        </div>
      ))}
    </div>
  );
}

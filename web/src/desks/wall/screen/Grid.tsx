import type { CSSProperties } from 'react';
import type { ShownCamera } from '../screens/types';
import { CameraTile } from './CameraTile';
import classes from './screen.module.css';

/** A saved layout: its cameras in a square. */
export function Grid({ cameras, side, small }: { cameras: (ShownCamera | null)[]; side: number; small: boolean }) {
  return (
    <div className={classes.grid} style={{ '--side': side } as CSSProperties}>
      {cameras.map((camera, at) =>
        camera ? (
          <CameraTile key={camera.id} camera={camera} small={small} />
        ) : (
          <div key={at} className={classes.empty} />
        ),
      )}
    </div>
  );
}

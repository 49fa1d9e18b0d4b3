import { Keys } from '@/app/ShortcutSheet';
import classes from './hits.module.css';
import type { Hit } from './types';

/** What stands in one line of what was found; the line itself is an option of the palette or a link of the page. */
export function HitLine({ hit }: { hit: Hit }) {
  return (
    <>
      {hit.icon}
      <span className={classes.label}>{hit.label}</span>
      {hit.note && <span className={classes.note}>{hit.note}</span>}
      {hit.keys && <Keys keys={hit.keys} />}
    </>
  );
}

import { LiveTile } from '@/media';
import { useCan } from '@/api/queries';
import { usePreferences } from '@/kit';
import classes from './FavouriteStrip.module.css';

/** The cameras a reader keeps an eye on, live under the map. */
export function FavouriteStrip({ onSelect }: { onSelect: (cameraId: string) => void }) {
  const favourites = usePreferences((state) => state.favourites);
  const mayLook = useCan('camera.live');
  if (!mayLook || favourites.length === 0) return null;
  return (
    <div className={classes.strip}>
      {favourites.map((cameraId) => (
        <div key={cameraId} className={classes.tile}>
          <LiveTile cameraId={cameraId} compact onOpen={() => onSelect(cameraId)} />
        </div>
      ))}
    </div>
  );
}

/** Where the phone is, as far as it may be asked. */
import { create } from 'zustand';

export interface Position {
  lat: number;
  lon: number;
  accuracy_m: number;
  at_ms: number;
}

const FRESH_MS = 10 * 60_000;

export const usePosition = create<{ position: Position | null; refused: boolean }>(() => ({
  position: null,
  refused: false,
}));

/** Follow the phone until the returned function is called. */
export function follow(): () => void {
  if (!('geolocation' in navigator)) return () => undefined;
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      const { latitude, longitude, accuracy } = coords;
      usePosition.setState({
        position: { lat: latitude, lon: longitude, accuracy_m: accuracy, at_ms: timestamp },
        refused: false,
      });
    },
    (error) => usePosition.setState({ refused: error.code === error.PERMISSION_DENIED }),
    { enableHighAccuracy: true, maximumAge: 60_000, timeout: 30_000 },
  );
  return () => navigator.geolocation.clearWatch(watch);
}

/** The last one, while it still tells where somebody is. */
export function lastPosition(): Position | null {
  const { position } = usePosition.getState();
  return position && Date.now() - position.at_ms < FRESH_MS ? position : null;
}

const EARTH_M = 6_371_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres along the ground; good for a city. */
export function distance(from: { lat: number; lon: number }, to: { lat: number; lon: number }): number {
  const x = radians(to.lon - from.lon) * Math.cos(radians((from.lat + to.lat) / 2));
  return EARTH_M * Math.hypot(x, radians(to.lat - from.lat));
}

/** Measures where the telephone is, as often as it is needed and no oftener. */
import { create } from 'zustand';
import { measured } from './store';

export interface Battery {
  level: number;
  charging: boolean;
}
interface BatteryManager extends Battery, EventTarget {}

interface Tracking {
  refused: boolean;
  /** When it was measured last. */
  at_ms: number;
  here: { lat: number; lon: number } | null;
  battery: Battery | null;
}
export const useTracking = create<Tracking>(() => ({ refused: false, at_ms: 0, here: null, battery: null }));

/** Not every browser tells. */
export async function watchBattery(): Promise<void> {
  const source = navigator as Navigator & { getBattery?: () => Promise<BatteryManager> };
  const battery = await source.getBattery?.();
  if (!battery) return;
  const tell = () => useTracking.setState({ battery: { level: battery.level, charging: battery.charging } });
  tell();
  battery.addEventListener('levelchange', tell);
  battery.addEventListener('chargingchange', tell);
}

/** Follow the telephone until the returned function is called; `exact` costs more of the battery. */
export function track(pause_ms: number, exact: boolean): () => void {
  if (!('geolocation' in navigator)) return () => undefined;
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      const here = { lat: coords.latitude, lon: coords.longitude };
      useTracking.setState({ refused: false, here });
      // Timers of their own would wake the telephone; a little early is in time.
      if (timestamp - useTracking.getState().at_ms < pause_ms * 0.9) return;
      useTracking.setState({ at_ms: timestamp });
      const { battery } = useTracking.getState();
      void measured({
        at_ms: Math.round(timestamp),
        ...here,
        accuracy_m: coords.accuracy,
        speed_kmh: coords.speed === null ? null : coords.speed * 3.6,
        heading_deg: coords.heading === null || Number.isNaN(coords.heading) ? null : coords.heading,
        battery_pct: battery ? battery.level * 100 : null,
      });
    },
    (error) => useTracking.setState({ refused: error.code === error.PERMISSION_DENIED }),
    { enableHighAccuracy: exact, maximumAge: pause_ms / 2, timeout: 30_000 },
  );
  return () => navigator.geolocation.clearWatch(watch);
}

/** How a device's clock goes. Devices tell whole seconds, so that two seconds are none. */
export const RIGHT_MS = 2_000;
/** From here on recordings of two cameras can no longer be laid side by side. */
export const WRONG_MS = 10_000;

export function driftOf(drift_s: number | null) {
  if (drift_s === null) return null;
  const size_ms = Math.abs(drift_s) * 1000;
  return { size_ms, isAhead: drift_s > 0, isRight: size_ms <= RIGHT_MS, isWrong: size_ms >= WRONG_MS };
}

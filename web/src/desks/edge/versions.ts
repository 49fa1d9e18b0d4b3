import type { EdgeRelease, EdgeSite } from './types';

/** Negative: `one` is the older of two versions such as 1.2.3. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  for (let at = 0; at < Math.max(a?.length ?? 0, b?.length ?? 0); at += 1) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newest version that the site could be updated to and that is not chosen for it already. */
export function newestFor(
  site: Pick<EdgeSite, 'version' | 'chosen_version'>,
  releases: Pick<EdgeRelease, 'id' | 'version' | 'withdrawn_ms'>[],
): { id: string; version: string } | undefined {
  return releases
    .filter((one) => one.withdrawn_ms === null && one.version !== site.chosen_version)
    .filter((one) => site.version !== '' && compareVersions(one.version, site.version) > 0)
    .sort((one, other) => compareVersions(other.version, one.version))[0];
}

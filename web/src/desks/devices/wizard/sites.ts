/** Sites of a recorder's cameras. Pure, but for `siteFor`, which may enter one. */
import { api } from '@/api/client';
import type { Name } from '@/api/types';
import type { PickedPremises } from './PremisesSelect';

export const MAKE = 'make';
export const NONE = 'none';

interface Site {
  id: string;
  name: Name;
}

/** Those at which cameras of the premises stand, the one with the most first. */
export function sitesOf(cameras: { site: Site | null }[]): Site[] {
  const counted = new Map<string, { site: Site; cameras: number }>();
  for (const { site } of cameras) {
    if (!site) continue;
    const known = counted.get(site.id);
    counted.set(site.id, { site, cameras: (known?.cameras ?? 0) + 1 });
  }
  return [...counted.values()].sort((one, other) => other.cameras - one.cameras).map(({ site }) => site);
}

export const firstSite = (sites: Site[], mayMake: boolean): string => sites[0]?.id ?? (mayMake ? MAKE : NONE);

/** The id to be sent with the cameras; empty: none. A new site has name and place of its premises. */
export async function siteFor(choice: string, premises: PickedPremises, point: [number, number]): Promise<string> {
  if (choice === NONE || choice === '') return '';
  if (choice !== MAKE) return choice;
  const [lon, lat] = point;
  const made = await api.post<{ id: string }>('/sites', {
    name: premises.name,
    agency: premises.agency,
    jurisdiction: premises.jurisdiction,
    lat,
    lon,
  });
  return made.id;
}

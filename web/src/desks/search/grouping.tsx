/** What the search answers, as groups of lines: the same for the palette and the page. */
import { IconBuilding, IconFileSearch, IconMapPin } from '@tabler/icons-react';
import type { MoreAnswer, SearchAnswer } from '@/api/types';
import { StatusIcon, type Format } from '@/kit';
import type { HitGroup } from './types';

type Translate = (key: string) => string;

/** Cameras, premises, places, then everything else in the server's order; groups that hold nothing are left out. */
export function groupsOf(
  found: SearchAnswer | undefined,
  more: MoreAnswer | undefined,
  text: string,
  t: Translate,
  format: Pick<Format, 'name'>,
): HitGroup[] {
  const query = encodeURIComponent(text);
  const groups: HitGroup[] = [];
  if (found) {
    const most = found.totals_most;
    const counted = (total: number) => ({ total, atLeast: total >= most });
    groups.push(
      {
        kind: 'camera',
        name: t('search:cameras'),
        ...counted(found.totals.cameras),
        // What is only like the words does not stand in the table of those that have them.
        ...(found.similar ? {} : { table: `/cameras?q=${query}` }),
        hits: found.cameras.map((camera) => ({
          id: camera.id,
          icon: <StatusIcon status={camera.status} />,
          label: format.name(camera.name),
          note: `${camera.reg_id} · ${format.name(camera.jurisdiction.name)}`,
          to: `/cameras/${camera.id}`,
        })),
      },
      {
        kind: 'premises',
        name: t('search:premises'),
        ...counted(found.totals.premises),
        table: `/premises?q=${query}`,
        hits: found.premises.map((one) => ({
          id: one.id,
          icon: <IconBuilding size={18} stroke={1.6} aria-hidden />,
          label: format.name(one.name),
          note: format.name(one.jurisdiction.name),
          to: `/premises/${one.id}`,
        })),
      },
      {
        kind: 'place',
        name: t('search:places'),
        total: found.totals.places,
        hits: found.places.map((place) => ({
          id: place.path,
          icon: <IconMapPin size={18} stroke={1.6} aria-hidden />,
          label: format.name(place.name),
          note: t(`app:level.${place.level}`),
          to:
            place.lon === null || place.lat === null
              ? `/cameras?jurisdiction=${place.path}`
              : `/?jurisdiction=${place.path}&at=${place.lon},${place.lat},14`,
        })),
      },
    );
  }
  for (const group of more?.groups ?? [])
    groups.push({
      kind: group.kind,
      name: format.name(group.name),
      total: group.total,
      hits: group.items.map((one) => ({
        id: one.id,
        icon: <IconFileSearch size={18} stroke={1.6} aria-hidden />,
        label: format.name(one.title),
        note: one.note,
        to: one.to,
      })),
    });
  return groups.filter((group) => group.hits.length > 0);
}

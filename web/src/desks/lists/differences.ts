import type { Format } from '@/kit';
import type { Pair, Side } from './types';

export interface Fact {
  name:
    | 'name'
    | 'owner'
    | 'mobile'
    | 'address'
    | 'police_station'
    | 'owner_class'
    | 'department'
    | 'cameras'
    | 'coordinates'
    | 'source';
  one: string;
  other: string;
  /** Both say something, and not the same. */
  differs: boolean;
}

const plain = (text: string) => text.toLocaleLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');

/** What each side of a pair says, line by line, and where they differ. */
export function differences({ one, other }: Pair, format: Pick<Format, 'name' | 'number'>): Fact[] {
  const lines: [Fact['name'], (side: Side) => string][] = [
    ['name', (side) => format.name(side.name)],
    ['owner', (side) => side.owner],
    ['mobile', (side) => side.mobile],
    ['address', (side) => format.name(side.address)],
    ['police_station', (side) => format.name(side.police_station?.name)],
    ['owner_class', (side) => format.name(side.owner_class?.name)],
    ['department', (side) => format.name(side.department?.name)],
    ['cameras', (side) => (side.cameras === null ? '' : format.number(side.cameras))],
    ['coordinates', (side) => (side.lat === null || side.lon === null ? '' : `${side.lat}, ${side.lon}`)],
    ['source', (side) => side.source],
  ];
  return lines
    .map(([name, read]) => {
      const [left, right] = [read(one), read(other)];
      const differs = name !== 'source' && left !== '' && right !== '' && plain(left) !== plain(right);
      return { name, one: left, other: right, differs };
    })
    .filter((fact) => fact.one || fact.other);
}

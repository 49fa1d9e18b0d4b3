/** Shapes of the intake desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type Source = Schemas['EventSourceRow'];
export type SourcePage = Schemas['EventSourcePage'];
export type Keyed = Schemas['EventSourceKeyed'];
export type SourceKind = Source['kind'];
export type Hour = Schemas['EventSourceHour'];

export const KINDS: SourceKind[] = ['http', 'mqtt', 'tracker', 'erss', 'cap'];
export const DEVICE_KINDS = [
  'device.panic',
  'device.flood_level',
  'device.gunshot',
  'device.fire_panel',
  'device.door',
  'device.other',
  'callbox.call',
] as const;
/** We ask these; they have an address instead of a key. */
export const isAsked = (kind: SourceKind) => kind === 'erss' || kind === 'cap';
/** These choose what they hand in; with the others it follows. */
export const isDevice = (kind: SourceKind) => kind === 'http' || kind === 'mqtt';

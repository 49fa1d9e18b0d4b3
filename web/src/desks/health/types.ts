/** Shapes of the health desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type IllNow = Schemas['IllNow'];
export type Episode = Schemas['EpisodeOut'];
export type EpisodeEssentials = Schemas['EpisodeEssentials'];
export type Outage = Schemas['OutageOut'];
export type CameraHealth = Schemas['CameraHealth'];
export type UptimeTable = Schemas['UptimeTable'];
export type UptimeRow = Schemas['UptimeRow'];
export type Maintenance = Schemas['MaintenanceOut'];
export type Agreement = Schemas['AgreementOut'];
export type PenaltyMonth = Schemas['PenaltyMonth'];
export type KindName = Episode['kind'];

export const KINDS: KindName[] = [
  'offline', 'stalled', 'tampered', 'covered', 'black', 'frozen', 'turned', 'blurred', 'overexposed', 'recording_gap',
  'frame_rate', 'bit_rate', 'clock_off',
]; // prettier-ignore
export const CAUSES = ['power', 'network', 'device', 'vandalism', 'owner', 'weather', 'works', 'false_alarm'] as const;
export const BY = ['owner_class', 'premises', 'site', 'make', 'link', 'district', 'agency', 'camera'] as const;
export const LINKS = ['fibre', 'broadband', 'mobile', 'radio', 'local'] as const;

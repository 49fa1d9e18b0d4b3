import type { components } from '@/api/schema.gen';

type S = components['schemas'];
export type Day = S['CrewDay'];
export type CrewUnit = S['CrewUnit'];
export type CrewAssignment = S['CrewAssignment'];
export type Message = S['UnitMessageOut'];
export type SyncOut = S['CrewSyncOut'];
export type PositionsTaken = S['PositionsTaken'];

export type Deed = 'acknowledge' | 'refuse' | 'en_route' | 'arrive' | 'clear' | 'status' | 'message' | 'read';
export type SaidStatus = 'available' | 'busy' | 'out_of_service';

/** One deed of /unit/sync; what is needed beside its name depends on it. */
export interface DeedForm {
  id: string;
  deed: Deed;
  unit: string;
  made_at_ms: number;
  assignment?: string;
  status?: SaidStatus;
  text?: string;
  up_to_ms?: number;
}

/** One measured place of /unit/position. */
export interface PositionForm {
  id: string;
  at_ms: number;
  lat: number;
  lon: number;
  accuracy_m: number | null;
  speed_kmh: number | null;
  heading_deg: number | null;
  battery_pct: number | null;
}

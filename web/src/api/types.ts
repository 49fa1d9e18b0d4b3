/** Shapes of the API (see /api/v1/openapi.json). Times are Unix milliseconds; names are bilingual. */

export interface Name {
  en: string;
  hi: string;
}

export type Status = 'live' | 'stalled' | 'offline' | 'no_consent' | 'unknown';
export const STATUSES: readonly Status[] = ['live', 'stalled', 'offline', 'no_consent', 'unknown'];

export const KINDS = ['fixed', 'ptz', 'anpr', 'red_light', 'speed', 'classification', 'analogue_dvr'] as const;
export const PLACEMENTS = ['entry', 'exit', 'road_side', 'public_area', 'other'] as const;

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  as_of_ms: number;
}

export interface Coded {
  code: string;
  name: Name;
}

export interface Grant {
  id?: string;
  role: Coded;
  agency: Coded | null;
  jurisdiction: { path: string; level: string; name: Name };
}

export interface Me {
  id: string;
  username: string;
  name: string;
  language: 'hi' | 'en';
  must_change_password: boolean;
  has_second_factor: boolean;
  requires_second_factor: boolean;
  permissions: string[];
  grants: Grant[];
}

export interface Centre {
  name: Name;
  code?: string;
  version: string;
  centre?: [number, number];
  bounds?: [number, number, number, number];
  basemap?: { kind: 'geojson' | 'pmtiles' | 'none'; url: string };
  events_origin?: string;
  media_origins?: string[];
  demo?: boolean;
  now_ms?: number;
}

export interface Jurisdiction {
  path: string;
  level: string;
  name: Name;
  lgd_code: string;
  parent: string | null;
  has_boundary: boolean;
}

export interface CameraRow {
  id: string;
  reg_id: string;
  name: Name;
  status: Status;
  reason: string;
  status_since_ms: number | null;
  proved_at_ms: number | null;
  recorded: boolean;
  recording: boolean;
  watchers: number;
  kind: string;
  placement: string;
  owner_class: Coded;
  place_class: Coded | null;
  department: Coded | null;
  agency: Coded | null;
  jurisdiction: { path: string; name: Name };
  ward: { path: string; name: Name } | null;
  premises: { id: string; name: Name } | null;
  site: { id: string; name: Name } | null;
  lat: number;
  lon: number;
  bearing_deg: number | null;
  fov_deg: number | null;
}

export interface Permit {
  basis: 'consent' | 'order' | 'survey';
  basis_id: string;
  document: string;
  from_ms: number;
  to_ms: number | null;
  scope: { live: boolean; record: boolean; hours?: [number, number][] };
  state: string;
}

export interface CameraDetail extends CameraRow {
  detail: string;
  video: { codec?: string; width?: number; height?: number; fps?: number; kbit_s?: number } | null;
  make: string;
  model: string;
  firmware_hash: string;
  certificate_number: string;
  retention_days: number;
  retention_class: string | null;
  url: string;
  has_credentials: boolean;
  transport: string;
  record_mode: 'continuous' | 'none';
  permit: Permit | null;
  nearby: CameraRow[];
  created_ms: number;
  edited_ms: number;
}

export interface MapCamera {
  id: string;
  reg_id: string;
  name: Name;
  lon: number;
  lat: number;
  status: Status;
  recorded: boolean;
  kind: string;
  bearing_deg: number | null;
  fov_deg: number | null;
  owner_class: string;
}

export interface MapCluster {
  lon: number;
  lat: number;
  count: number;
  by_status: Partial<Record<Status, number>>;
}

export interface MapAnswer {
  cameras: MapCamera[];
  clusters: MapCluster[];
  as_of_ms: number;
}

export interface CountRow extends Coded {
  path?: string;
  linked: number;
  live: number;
  stalled: number;
  offline: number;
  no_consent: number;
  unknown: number;
}

export interface Counts {
  linked: number;
  live: number;
  stalled: number;
  offline: number;
  no_consent: number;
  unknown: number;
  recorded: number;
  recording: number;
  as_of_ms: number;
  by_owner_class: CountRow[];
  by_department: CountRow[];
  by_police_station: CountRow[];
}

export interface HistoryEntry {
  at_ms: number;
  who: { id: string; name: string } | null;
  action: string;
  why: string;
  changes: { field: string; before: unknown; after: unknown }[];
}

export interface StatusEntry {
  at_ms: number;
  status: Status;
  reason: string;
  detail: string;
}

export interface SearchAnswer {
  cameras: CameraRow[];
  premises: { id: string; name: Name }[];
  places: { path: string; name: Name; level: string; lon: number | null; lat: number | null }[];
}

/** A message in both languages, as every error of the API carries one. */
export interface ApiErrorBody {
  code: string;
  message: Name;
  fields?: Record<string, Name>;
}

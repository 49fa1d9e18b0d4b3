/** Shapes of the edge desk's API, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type EdgeSiteRow = Schemas['EdgeSiteRow'];
export type EdgeSite = Schemas['EdgeSiteDetail'];
export type EdgeCode = Schemas['EdgeCodeOut'];
export type LocalCamera = Schemas['EdgeLocalCamera'];
export type EdgeRelease = Schemas['EdgeReleaseRow'];
export type EdgeReleasePage = Schemas['EdgeReleasePage'];
export type TrafficHour = Schemas['EdgeTrafficHour'];
export type EdgeState = EdgeSiteRow['state'];

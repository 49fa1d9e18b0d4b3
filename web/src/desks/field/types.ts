import type { components } from '@/api/schema.gen';

type S = components['schemas'];
export type Day = S['Day'];
export type DayPremises = S['DayPremises'];
export type VisitForm = S['VisitForm'];
export type VisitRow = S['VisitRow'];
export type Visits = S['Visits'];
export type Place = S['FieldPlace'];
export type FoundCamera = S['FoundCamera'];
export type Outcome = VisitForm['outcome'];
export type SyncOut = S['SyncOut'];
export type SyncResult = S['SyncResult'];
export type Scope = S['PremisesScope'];
export type FileUse = S['VisitFile']['use'];

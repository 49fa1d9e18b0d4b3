/** Shapes of the owners desk. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type Words = Schemas['Bilingual'];
export type Start = Schemas['OwnerStart'];
export type Me = Schemas['OwnerMe'];
export type Card = Schemas['OwnerPremisesCard'];
export type Cards = Schemas['OwnerPremisesList'];
export type Detail = Schemas['OwnerPremisesDetail'];
export type OwnCamera = Schemas['OwnerCameraOut'];
export type Receipt = Schemas['OwnerReceipt'];
export type Checked = Schemas['OwnerReceiptChecked'];
export type Views = Schemas['OwnerViews'];
export type ConsentWords = Schemas['OwnerConsentWords'];
export type ScopeIn = Schemas['OwnerScopeIn'];
export type RegisterIn = Schemas['OwnerRegisterIn'];
export type ReportStart = Schemas['ReportStart'];
export type ReportIn = Schemas['CitizenReportIn'];
export type OwnReport = Schemas['OwnCitizenReport'];
export type OwnReports = Schemas['OwnCitizenReports'];
export type Registration = Schemas['RegistrationRow'];

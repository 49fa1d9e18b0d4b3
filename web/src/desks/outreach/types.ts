/** Shapes of the outreach desk. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type Code = Schemas['OutreachCodeRow'];
export type Association = Schemas['AssociationRow'];
export type AssociationDetail = Schemas['AssociationDetail'];
export type Meeting = Schemas['MeetingRow'];
export type Answer = Schemas['LeadRow']['answer'];
export type Campaign = Schemas['CampaignRow'];
export type CampaignDetail = Schemas['CampaignDetail'];
export type Followed = Schemas['FollowedOut'];
export type Template = Schemas['LetterTemplateRow'];
export type Letter = Schemas['LetterRow'];
export type LetterPreview = Schemas['LetterPreview'];
export type LetterRun = Schemas['LetterRunOut'];
export type Conversion = Schemas['Conversion'];
export type Visit = Schemas['RepresentativeVisitRow'];
export type Testimonial = Schemas['TestimonialRow'];
export type Use = Testimonial['uses'][number];
export type Vault = Schemas['VaultOut'];

export const ANSWERS = ['yes', 'maybe', 'no'] as const satisfies Answer[];
export const USES = ['presentation', 'meeting', 'social_media', 'film'] as const satisfies Use[];

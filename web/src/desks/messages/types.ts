/** Shapes of the messages desk. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type MessageRow = Schemas['MessageRow'];
export type MessageDetail = Schemas['MessageDetail'];
export type MessageCounts = Schemas['MessageCounts'];
export type Gateway = Schemas['GatewayOut'];
export type GatewayIn = Schemas['GatewayIn'];
export type HttpSettings = Schemas['HttpSettings'];
export type SmtpSettings = Schemas['SmtpSettings'];
export type MessageTemplate = Schemas['MessageTemplateOut'];
export type MessageTemplateIn = Schemas['MessageTemplateIn'];

export const STATES = ['queued', 'sending', 'sent', 'delivered', 'failed', 'expired'] as const;
export const MANAGE = 'programme.manage';

/** Shapes of the wall's screens, as its pages speak of them. */
import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];

export type Screen = Schemas['ScreenState'];
export type ScreenPage = Schemas['ScreenPage'];
export type ScreenNow = Schemas['ScreenNow'];
export type Item = Schemas['ScreenItem'];
export type ItemIn = Partial<Schemas['ScreenItemIn']> & Pick<Schemas['ScreenItemIn'], 'kind'>;
export type Put = Schemas['ScreenPut'];
export type Salvo = Schemas['SalvoRow'];
export type Kind = Item['kind'];
export type ShownCamera = Schemas['ScreenCamera'];

export const KINDS: Kind[] = ['camera', 'tour', 'layout', 'map', 'alarms', 'counts', 'chart', 'page'];

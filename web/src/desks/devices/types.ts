import type { components } from '@/api/schema.gen';

type Schemas = components['schemas'];
export type PtzState = Schemas['PtzState'];
export type PtzPlace = Schemas['PtzPlace'];
export type PtzTourRow = Schemas['PtzTourRow'];
export type PtzMoveIn = Schemas['PtzMoveIn'];
export type DeviceRow = Schemas['DeviceRow'];
export type CameraDevice = Schemas['CameraDevice'];
export type DeviceFound = Schemas['DeviceFound'];
export type DeviceFoundChannel = Schemas['DeviceFoundChannel'];
export type DeviceEventRow = Schemas['DeviceEventRow'];
export type AddressTemplate = Schemas['AddressTemplate'];
export type FilledAddress = Schemas['FilledAddress'];
export type ImagingState = Schemas['ImagingState'];

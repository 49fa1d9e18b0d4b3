/** What the page for several cameras of one device gathers, and how it becomes requests. Pure. */
import type { Name } from '@/api/types';
import type { DeviceFound, DeviceFoundChannel, FilledAddress } from '../types';

/** A channel that was found, and whether and as what it becomes a camera. */
export interface Choice {
  number: number;
  chosen: boolean;
  name: Name;
  placement: string;
  kind: string;
  url: string;
  subUrl: string;
  /** As the device told it; null for a channel that only a maker's template names. */
  found: DeviceFoundChannel | null;
}

export const choicesOf = (device: DeviceFound): Choice[] =>
  device.channels.map((channel) => ({
    number: channel.number,
    chosen: false,
    name: { en: channel.name, hi: '' },
    placement: 'entry',
    kind: channel.ptz ? 'ptz' : 'fixed',
    url: channel.main.url,
    subUrl: channel.sub?.url ?? '',
    found: channel,
  }));

export const choicesOfTemplate = (addresses: FilledAddress[]): Choice[] =>
  addresses.map(({ channel, url, sub_url }) => ({
    number: channel,
    chosen: false,
    name: { en: '', hi: '' },
    placement: 'entry',
    kind: 'fixed',
    url,
    subUrl: sub_url,
    found: null,
  }));

export const changed = (choices: Choice[], number: number, part: Partial<Choice>): Choice[] =>
  choices.map((one) => (one.number === number ? { ...one, ...part } : one));

/** Numbers of the chosen channels that still lack a name in one of the languages. */
export const unnamed = (choices: Choice[]): number[] =>
  choices.filter((one) => one.chosen && !(one.name.en.trim() && one.name.hi.trim())).map(({ number }) => number);

export interface Common {
  premisesId: string;
  orderId: string;
  /** Empty: at none. */
  siteId: string;
  point: [lon: number, lat: number];
  username: string;
  password: string;
}

const trimmed = (name: Name): Name => ({ en: name.en.trim(), hi: name.hi.trim() });

export function deviceBody(found: DeviceFound, url: string, name: string, choices: Choice[], common: Common) {
  const [lon, lat] = common.point;
  return {
    premises: common.premisesId,
    name: name.trim() || [found.make, found.model].filter(Boolean).join(' ') || url,
    url,
    username: common.username,
    password: common.password,
    make: found.make.slice(0, 120),
    model: found.model.slice(0, 120),
    serial: found.serial.slice(0, 120),
    firmware: found.firmware.slice(0, 120),
    clock_drift_s: found.clock_drift_s,
    abilities: found.abilities,
    relays: found.relays,
    ...(common.siteId ? { site: common.siteId } : {}),
    ...(common.orderId ? { order_id: common.orderId } : {}),
    channels: choices.map((one) => ({
      number: one.number,
      name: one.found?.name.slice(0, 120) ?? '',
      source: one.found?.source ?? '',
      profile: one.found?.main.profile ?? '',
      sub_profile: one.found?.sub?.profile ?? '',
      recording: one.found?.recording ?? '',
      codec: one.found?.main.codec.slice(0, 20) ?? '',
      width_px: one.found?.main.width_px ?? 0,
      height_px: one.found?.main.height_px ?? 0,
      ptz: one.found?.ptz ?? false,
      url: one.url,
      sub_url: one.subUrl,
      camera: one.chosen ? { name: trimmed(one.name), placement: one.placement, kind: one.kind, lat, lon } : null,
    })),
  };
}

/** One camera of a device without ONVIF. */
export function cameraBody(one: Choice, common: Common) {
  const [lon, lat] = common.point;
  return {
    name: trimmed(one.name),
    premises: common.premisesId,
    placement: one.placement,
    kind: one.kind,
    lon,
    lat,
    url: one.url,
    sub_url: one.subUrl,
    ...(common.siteId ? { site: common.siteId } : {}),
    ...(common.username || common.password ? { username: common.username, password: common.password } : {}),
    ...(common.orderId ? { order_id: common.orderId } : {}),
  };
}

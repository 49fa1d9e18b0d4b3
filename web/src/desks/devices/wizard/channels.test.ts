import { describe, expect, it } from 'vitest';
import type { DeviceFound } from '../types';
import { cameraBody, changed, choicesOf, choicesOfTemplate, deviceBody, unnamed } from './channels';

const stream = { profile: 'p1', url: 'rtsp://h/1', codec: 'h264', width_px: 1920, height_px: 1080, fps: 25 };
const channel = { source: 's1', main: stream, sub: null, ptz: true, imaging: true, recording: 'r1' };
const found: DeviceFound = {
  ok: true,
  reason: '',
  detail: '',
  make: 'Netra',
  model: 'N8',
  serial: '7',
  firmware: '1',
  clock_drift_s: 1,
  channels: [
    { number: 1, name: 'Gate', ...channel },
    { number: 2, name: 'Room', ...channel, ptz: false },
  ],
  relays: [],
  abilities: ['ptz'],
  elapsed_ms: 1,
};
const common = {
  premisesId: 'p',
  orderId: '',
  siteId: 'x',
  point: [80.3, 26.4] as [number, number],
  username: 'u',
  password: 's',
};

describe('channels', () => {
  it('makes cameras of the chosen channels only', () => {
    const choices = changed(choicesOf(found), 1, { chosen: true, name: { en: ' Gate ', hi: 'द्वार' } });
    const body = deviceBody(found, 'http://h/onvif/device_service', '', choices, common);
    expect(body.name).toBe('Netra N8');
    expect(body.site).toBe('x');
    expect(deviceBody(found, 'http://h', '', choices, { ...common, siteId: '' })).not.toHaveProperty('site');
    expect(body.channels.map(({ camera }) => camera?.name ?? null)).toEqual([{ en: 'Gate', hi: 'द्वार' }, null]);
    expect(body.channels[0]).toMatchObject({ url: 'rtsp://h/1', profile: 'p1', recording: 'r1', ptz: true });
    expect(body.channels[0]?.camera).toMatchObject({ lat: 26.4, lon: 80.3, kind: 'ptz' });
  });

  it('wants both names of what is chosen', () => {
    expect(unnamed(changed(choicesOf(found), 1, { chosen: true }))).toEqual([1]);
    expect(unnamed(choicesOf(found))).toEqual([]);
  });

  it('makes single cameras where only the maker is known', () => {
    const [one] = choicesOfTemplate([{ channel: 3, url: 'rtsp://h/301', sub_url: 'rtsp://h/302' }]);
    expect(one && cameraBody(one, common)).toMatchObject({
      url: 'rtsp://h/301',
      sub_url: 'rtsp://h/302',
      site: 'x',
      username: 'u',
    });
  });
});

import { describe, expect, it } from 'vitest';
import * as form from './draft';
import en from './i18n/en.json';
import hi from './i18n/hi.json';
import { fromDevice, withPath } from './paths';
import { areaAt, type Boundaries } from './within';

const TODAY = '2026-11-22';
const draft = (part: Partial<form.Draft>): form.Draft => ({ ...form.NEW_DRAFT, ...part });

describe('secrets', () => {
  it('are taken out of a pasted address', () => {
    expect(form.splitAddress('rtsp://admin:p%40ss:1@10.0.0.7:554/live')).toEqual({
      url: 'rtsp://10.0.0.7:554/live',
      username: 'admin',
      password: 'p@ss:1',
    });
    expect(form.splitAddress('rtsp://10.0.0.7/a@b')).toEqual({
      url: 'rtsp://10.0.0.7/a@b',
      username: '',
      password: '',
    });
  });
  it('are never stored', () => {
    form.store(draft({ url: 'rtsp://u:geheim@h/1', username: 'u', password: 'geheim' }));
    expect(JSON.stringify(localStorage)).not.toContain('geheim');
    expect(form.restored()?.url).toBe('rtsp://h/1');
    form.forget();
    expect(form.restored()).toBeNull();
  });
});

describe('check', () => {
  it('asks for both names and the premises', () => {
    const errors = form.check('what', draft({ name: { en: 'Gate', hi: '' } }), null, TODAY);
    expect(Object.keys(errors).sort()).toEqual(['name', 'ownerClass', 'premisesId']);
  });
  it('asks an order of a public owner and a consent of a private one', () => {
    expect(form.check('permission', draft({}), true, TODAY)).toEqual({ orderId: 'order' });
    expect(Object.keys(form.check('permission', draft({}), false, TODAY)).sort()).toEqual([
      'consent.givenBy',
      'consent.givenOn',
    ]);
  });
  it('refuses dates in the future and hours of no length', () => {
    const consent = {
      ...form.NEW_DRAFT.consent,
      givenBy: 'A',
      givenOn: '2026-11-23',
      allDay: false,
      fromTime: '10:00',
      toTime: '10:00',
    };
    expect(form.check('permission', draft({ consent }), false, TODAY)).toEqual({
      'consent.givenOn': 'date_future',
      'consent.toTime': 'hours_equal',
    });
  });
  it.each(['rtsp://', 'http://10.0.0.1/', 'rtsp:///path', '10.0.0.1', 'rtsp://u:p@h/'])(
    'refuses the address %s',
    (url) => expect(form.check('address', draft({ url }), null, TODAY)).toEqual({ url: 'url' }),
  );
  it('takes a plain address', () =>
    expect(form.validRtsp('rtsp://cam.local:554/Streaming/Channels/101?x=1')).toBe(true));
  it('has a sentence in both languages for whatever it says', () => {
    const said = new Set(
      form.STEPS.flatMap((step) =>
        [true, false].flatMap((isPublic) =>
          [draft({ premisesMode: 'new', orderMode: 'new' }), draft({ url: '' })].flatMap((one) =>
            Object.values(form.check(step, one, isPublic, TODAY)),
          ),
        ),
      ),
    );
    for (const key of said) {
      expect(en.error).toHaveProperty(key ?? '');
      expect(hi.error).toHaveProperty(key ?? '');
    }
  });
});

describe('bodies', () => {
  it('splits hours that run over midnight', () => {
    const consent = { ...form.NEW_DRAFT.consent, allDay: false, fromTime: '22:00', toTime: '06:30' };
    expect(form.hoursOf(consent)).toEqual([
      [0, 390],
      [1320, 1440],
    ]);
    expect(form.hoursOf({ ...consent, allDay: true })).toEqual([]);
  });
  it('sends credentials and a number only when typed', () => {
    const body = form.cameraBody(draft({ url: ' rtsp://h/1 ', point: [80.3, 26.4] }), 'p', '');
    expect(body).not.toHaveProperty('password');
    expect(body).not.toHaveProperty('reg_id');
    expect(body).toMatchObject({ url: 'rtsp://h/1', lon: 80.3, lat: 26.4, premises: 'p' });
  });
});

describe('places', () => {
  const square = (path: string, x: number): Boundaries['features'][number] => ({
    type: 'Feature',
    properties: { path },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [x, 0],
          [x + 1, 0],
          [x + 1, 1],
          [x, 1],
          [x, 0],
        ],
      ],
    },
  });
  const boundaries: Boundaries = { type: 'FeatureCollection', features: [square('west', 0), square('east', 1)] };
  it('finds the police station of a point', () => {
    expect(areaAt(boundaries, 0.5, 0.5)).toBe('west');
    expect(areaAt(boundaries, 1.5, 0.5)).toBe('east');
    expect(areaAt(boundaries, 5, 5)).toBeNull();
    expect(areaAt(undefined, 0, 0)).toBeNull();
  });
});

describe('addresses', () => {
  it('change path but not host', () => expect(withPath('rtsp://10.0.0.7:554/x', '/y')).toBe('rtsp://10.0.0.7:554/y'));
  it('come from a discovered device', () => {
    expect(fromDevice({ address: 'http://10.0.0.7/onvif/device_service', host: '', make: 'HIKVISION' })).toBe(
      'rtsp://10.0.0.7:554/Streaming/Channels/101',
    );
    expect(fromDevice({ address: '', host: 'fe80::1', make: '' })).toBe('rtsp://[fe80::1]:554/');
  });
});

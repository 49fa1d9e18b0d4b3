/** What the wizard gathers, how it is checked, and how it becomes requests. Pure. */

import type { Name } from '@/api/types';

export const STEPS = ['what', 'permission', 'address', 'test', 'place', 'review'] as const;
export type Step = (typeof STEPS)[number];

export interface Draft {
  regId: string;
  name: Name;
  kind: string;
  ownerClass: string;
  premisesMode: 'existing' | 'new';
  premisesId: string;
  premisesLabel: string;
  premises: { name: Name; address: Name; department: string; contactName: string; contactMobile: string };
  orderMode: 'existing' | 'new';
  orderId: string;
  order: { authority: string; number: string; datedOn: string; title: string; department: string };
  consent: {
    givenBy: string;
    givenOn: string;
    live: boolean;
    record: boolean;
    allDay: boolean;
    fromTime: string;
    toTime: string;
    validTo: string;
    documentNote: string;
  };
  url: string;
  /** The small stream; empty: there is none. Optional, so that drafts kept from before still hold. */
  subUrl?: string;
  username: string;
  /** Never stored: gone when the page is. */
  password: string;
  transport: 'tcp' | 'udp';
  /** 'rule': as the city's rule for its class says. */
  recordMode: 'continuous' | 'on_event' | 'none' | 'rule';
  point: [lon: number, lat: number] | null;
  bearingDeg: number;
  fovDeg: number;
  placement: string;
  jurisdiction: string;
  ward: string;
  /** What was made already by a save that broke off, so that the next try makes it only once. */
  made: { premisesId: string; orderId: string; cameraId: string; consented: boolean };
}

const NO_NAME: Name = { en: '', hi: '' };

export const NEW_DRAFT: Draft = {
  regId: '',
  name: NO_NAME,
  kind: 'fixed',
  ownerClass: '',
  premisesMode: 'existing',
  premisesId: '',
  premisesLabel: '',
  premises: { name: NO_NAME, address: NO_NAME, department: '', contactName: '', contactMobile: '' },
  orderMode: 'existing',
  orderId: '',
  order: { authority: '', number: '', datedOn: '', title: '', department: '' },
  consent: {
    givenBy: '',
    givenOn: '',
    live: true,
    record: true,
    allDay: true,
    fromTime: '08:00',
    toTime: '22:00',
    validTo: '',
    documentNote: '',
  },
  url: 'rtsp://',
  username: '',
  password: '',
  transport: 'tcp',
  recordMode: 'continuous',
  point: null,
  bearingDeg: 0,
  fovDeg: 80,
  placement: 'entry',
  jurisdiction: '',
  ward: '',
  made: { premisesId: '', orderId: '', cameraId: '', consented: false },
};

const STORED_AS = 'prahari.wizard';

/** The draft as it may lie on this machine: without password, and without one hidden in the address. */
export function withoutSecrets(draft: Draft): Draft {
  const subUrl = draft.subUrl && splitAddress(draft.subUrl).url;
  return { ...draft, password: '', url: splitAddress(draft.url).url, ...(subUrl ? { subUrl } : {}) };
}

export function store(draft: Draft): void {
  localStorage.setItem(STORED_AS, JSON.stringify(withoutSecrets(draft)));
}

export function forget(): void {
  localStorage.removeItem(STORED_AS);
}

export function restored(): Draft | null {
  const text = localStorage.getItem(STORED_AS);
  if (!text) return null;
  try {
    const kept = JSON.parse(text) as Partial<Draft>;
    return {
      ...NEW_DRAFT,
      ...kept,
      premises: { ...NEW_DRAFT.premises, ...kept.premises },
      order: { ...NEW_DRAFT.order, ...kept.order },
      consent: { ...NEW_DRAFT.consent, ...kept.consent },
      made: { ...NEW_DRAFT.made, ...kept.made },
    };
  } catch {
    forget();
    return null;
  }
}

/** Takes user name and password out of "rtsp://user:pass@host/..."; people paste such addresses. */
export function splitAddress(text: string): { url: string; username: string; password: string } {
  const found = /^([a-z]+:\/\/)([^/]*)@(.*)$/i.exec(text.trim());
  if (!found) return { url: text.trim(), username: '', password: '' };
  const [, scheme = '', account = '', rest = ''] = found;
  const colon = account.indexOf(':');
  const decode = (part: string) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return {
    url: scheme + rest,
    username: decode(colon < 0 ? account : account.slice(0, colon)),
    password: decode(colon < 0 ? '' : account.slice(colon + 1)),
  };
}

/** Keys of sentences in wizard.error, by field. */
export type Errors = Partial<Record<string, string>>;

const needed = (errors: Errors, field: string, value: string, key: string) => {
  if (!value.trim()) errors[field] = key;
};

export function validRtsp(url: string): boolean {
  return /^rtsps?:\/\/[^/\s@]+(\/\S*)?$/i.test(url.trim()) && !/^rtsps?:\/\/?$/i.test(url.trim());
}

const MOBILE = /^(\+?[0-9][0-9 -]{5,18})?$/;

/** What is missing or wrong on one step. `isPublic`: owner class needs an order; null while it is not known. */
export function check(step: Step, draft: Draft, isPublic: boolean | null, today: string): Errors {
  const errors: Errors = {};
  if (step === 'what') {
    needed(errors, 'name', draft.name.en, 'name_both');
    needed(errors, 'name', draft.name.hi, 'name_both');
    needed(errors, 'ownerClass', draft.ownerClass, 'owner_class');
    if (draft.premisesMode === 'existing') needed(errors, 'premisesId', draft.premisesId, 'premises');
    else {
      needed(errors, 'premises.name', draft.premises.name.en, 'name_both');
      needed(errors, 'premises.name', draft.premises.name.hi, 'name_both');
      needed(errors, 'premises.department', draft.premises.department, 'department');
      if (!MOBILE.test(draft.premises.contactMobile.trim())) errors['premises.contactMobile'] = 'mobile';
      if (draft.premises.contactMobile.trim())
        needed(errors, 'premises.contactName', draft.premises.contactName, 'contact_name');
    }
  }
  if (step === 'permission') {
    if (isPublic && draft.orderMode === 'existing') needed(errors, 'orderId', draft.orderId, 'order');
    if (isPublic && draft.orderMode === 'new') {
      needed(errors, 'order.authority', draft.order.authority, 'authority');
      needed(errors, 'order.number', draft.order.number, 'order_number');
      needed(errors, 'order.title', draft.order.title, 'order_title');
      needed(errors, 'order.department', draft.order.department, 'department');
      needed(errors, 'order.datedOn', draft.order.datedOn, 'date');
      if (draft.order.datedOn > today) errors['order.datedOn'] = 'date_future';
    }
    if (isPublic === false) {
      const { consent } = draft;
      needed(errors, 'consent.givenBy', consent.givenBy, 'given_by');
      needed(errors, 'consent.givenOn', consent.givenOn, 'date');
      if (consent.givenOn > today) errors['consent.givenOn'] = 'date_future';
      if (!consent.live && !consent.record) errors['consent.scope'] = 'scope';
      if (!consent.allDay && minutesOf(consent.fromTime) === null) errors['consent.fromTime'] = 'time';
      if (!consent.allDay && minutesOf(consent.toTime) === null) errors['consent.toTime'] = 'time';
      if (!consent.allDay && consent.fromTime === consent.toTime) errors['consent.toTime'] = 'hours_equal';
      if (consent.validTo && consent.validTo <= today) errors['consent.validTo'] = 'valid_to';
    }
  }
  if (step === 'address' && !validRtsp(draft.url)) errors.url = 'url';
  if (step === 'place') {
    if (!draft.point) errors.point = 'point';
    needed(errors, 'jurisdiction', draft.jurisdiction, 'jurisdiction');
    needed(errors, 'placement', draft.placement, 'placement');
  }
  return errors;
}

/** Minutes of the day of "14:05"; null when it is none. */
export function minutesOf(time: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(time);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[1]) < 24 && Number(found[2]) < 60 ? minutes : null;
}

/** Daily windows of minutes [from, to); one that runs over midnight becomes two. */
export function hoursOf(consent: Draft['consent']): [number, number][] {
  const from = minutesOf(consent.fromTime);
  const to = minutesOf(consent.toTime);
  if (consent.allDay || from === null || to === null) return [];
  if (to > from) return [[from, to]];
  return to > 0
    ? [
        [0, to],
        [from, 1440],
      ]
    : [[from, 1440]];
}

/** The end of an Indian day as Unix milliseconds. */
export function endOfDayMs(day: string): number | null {
  const at = Date.parse(`${day}T23:59:59+05:30`);
  return Number.isNaN(at) ? null : at;
}

export const premisesBody = (draft: Draft) => ({
  name: trimmed(draft.premises.name),
  address: trimmed(draft.premises.address),
  owner_class: draft.ownerClass,
  department: draft.premises.department,
  jurisdiction: draft.jurisdiction,
  ward: draft.ward || null,
  lon: draft.point?.[0] ?? null,
  lat: draft.point?.[1] ?? null,
  contacts: draft.premises.contactName.trim()
    ? [{ name: draft.premises.contactName.trim(), mobile: draft.premises.contactMobile.trim() }]
    : [],
});

export const orderBody = (draft: Draft) => ({
  authority: draft.order.authority.trim(),
  number: draft.order.number.trim(),
  dated_on: draft.order.datedOn,
  title: draft.order.title.trim(),
  department: draft.order.department,
});

export function cameraBody(draft: Draft, premisesId: string, orderId: string) {
  return {
    // Left out, the register numbers the camera itself.
    ...(draft.regId.trim() ? { reg_id: draft.regId.trim() } : {}),
    name: trimmed(draft.name),
    premises: premisesId,
    owner_class: draft.ownerClass,
    kind: draft.kind,
    placement: draft.placement,
    lon: draft.point?.[0] ?? 0,
    lat: draft.point?.[1] ?? 0,
    bearing_deg: Math.round(draft.bearingDeg) % 360,
    fov_deg: draft.fovDeg,
    jurisdiction: draft.jurisdiction,
    ward: draft.ward || null,
    url: draft.url.trim(),
    ...(draft.subUrl?.trim() ? { sub_url: draft.subUrl.trim() } : {}),
    ...(draft.username || draft.password ? { username: draft.username, password: draft.password } : {}),
    transport: draft.transport,
    ...(draft.recordMode === 'rule' ? {} : { record_mode: draft.recordMode }),
    ...(orderId ? { order_id: orderId } : {}),
  };
}

export const consentBody = (draft: Draft) => ({
  given_by: draft.consent.givenBy.trim(),
  given_on: draft.consent.givenOn,
  scope: { live: draft.consent.live, record: draft.consent.record, hours: hoursOf(draft.consent) },
  ...(draft.consent.validTo ? { valid_to_ms: endOfDayMs(draft.consent.validTo) } : {}),
  document_note: draft.consent.documentNote.trim(),
});

const trimmed = (name: Name): Name => ({ en: name.en.trim(), hi: name.hi.trim() });

/** The step on which a field that the server refused stands. */
export function stepOfField(field: string): Step {
  if (/^(url|sub_url|username|password|transport|record_mode)/.test(field)) return 'address';
  if (/^(lat|lon|bearing|fov|placement|jurisdiction|ward)/.test(field)) return 'place';
  if (/^(order|given|scope|valid|document|authority|number|dated|title)/.test(field)) return 'permission';
  return 'what';
}

/** Whom a visit is made to: premises of the day's list, or a place found on the way. */
import type { Name } from '@/api/types';
import type { StoredVisit } from './offline/db';
import { startOfDay } from './offline/time';
import type { Day, DayPremises, Outcome, Place } from './types';

export interface Subject {
  id: string;
  name: Name;
  premises?: DayPremises;
  place?: Place;
  lat?: number | null;
  lon?: number | null;
  /** Where it stands, with what this phone has recorded and not yet sent. */
  step: string;
  visits: StoredVisit[];
}

const STEP_OF: Partial<Record<Outcome, string>> = {
  asked: 'asked',
  come_again: 'asked',
  refused: 'refused',
  promised: 'promised',
  installed: 'installed',
  consented: 'consented',
  surveyed: 'surveyed',
};

function stepAfter(step: string, visits: StoredVisit[]): string {
  let now = step;
  for (const { form, state } of visits) {
    const next = STEP_OF[form.outcome];
    const keeps = form.outcome === 'come_again' && (now === 'consented' || now === 'surveyed');
    if (next && !keeps && state !== 'attention' && state !== 'decision') now = next;
  }
  return now;
}

/** The day's list: as the centre gave it, then what was found on the way and is not at the centre yet. */
export function subjects(day: Day | null, all: StoredVisit[]): Subject[] {
  const today = all.filter((visit) => visit.form.made_at_ms >= startOfDay() || visit.state !== 'done');
  const listed = (day?.premises ?? []).map((premises) => {
    const visits = today.filter((visit) => visit.form.premises_id === premises.id);
    return {
      id: premises.id,
      name: premises.name,
      premises,
      lat: premises.lat,
      lon: premises.lon,
      // What the centre already knows is in its step.
      step: stepAfter(
        premises.step,
        visits.filter((visit) => visit.state === 'waiting'),
      ),
      visits,
    };
  });
  const found = new Map<string, Subject>();
  for (const visit of today) {
    const { place, lat, lon } = visit.form;
    if (!place) continue;
    const known = found.get(place.id);
    const visits = [...(known?.visits ?? []), visit];
    const name = { en: place.name, hi: place.name };
    found.set(place.id, { id: place.id, name, place, lat, lon, step: stepAfter('listed', visits), visits });
  }
  const waiting = [...found.values()].filter((one) => one.visits.some((visit) => visit.state !== 'done'));
  return [...waiting, ...listed];
}

const BEFORE_CONSENT: Outcome[] = ['asked', 'consented', 'refused', 'promised', 'come_again', 'closed', 'not_found'];
const AFTER_CONSENT: Outcome[] = ['surveyed', 'come_again', 'closed', 'not_found'];

/** What may come of a visit now. Public owners are ordered to link, they do not consent. */
export function outcomes(step: string, isPublic: boolean): Outcome[] {
  if (step === 'consented' || step === 'surveyed') return AFTER_CONSENT;
  const may = step === 'promised' ? (['installed', ...BEFORE_CONSENT] as Outcome[]) : BEFORE_CONSENT;
  return isPublic ? may.filter((outcome) => outcome !== 'consented') : may;
}

/** Words found anywhere in a name, address or owner class, in either language. */
export function matches(subject: Subject, search: string): boolean {
  const { premises, place, name } = subject;
  const text = [
    name.en,
    name.hi,
    premises?.address.en,
    premises?.address.hi,
    premises?.owner_class.name.en,
    premises?.owner_class.name.hi,
    place?.address,
  ]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

import { describe, expect, it } from 'vitest';
import { applied, positionPause_ms } from './applied';
import type { StoredDeed } from './offline/db';
import type { CrewAssignment, Day, DeedForm } from './types';

const sent = (id: string, state: CrewAssignment['state']) => ({ id, state }) as CrewAssignment;
const day = (...assignments: CrewAssignment[]): Day =>
  ({
    unit: { id: 'u', status: assignments.length > 0 ? 'assigned' : 'available', status_note: '' },
    agreed: true,
    assignments,
    messages: [],
    position_every_s: 10,
    position_idle_s: 60,
  }) as unknown as Day;
const deed = (kind: DeedForm['deed'], more: Partial<DeedForm> = {}): StoredDeed => ({
  id: kind,
  person_id: 'p',
  state: 'waiting',
  form: { id: kind, deed: kind, unit: 'u', made_at_ms: 5, assignment: 'a', ...more } as DeedForm,
});

describe('the day with what was done since', () => {
  it('goes forward with each deed', () => {
    const shown = applied(day(sent('a', 'offered')), [deed('acknowledge'), deed('en_route')]);
    expect(shown.assignments[0]?.state).toBe('en_route');
    expect(shown.unit?.status).toBe('en_route');
  });
  it('never goes back', () => {
    expect(applied(day(sent('a', 'arrived')), [deed('en_route')]).assignments[0]?.state).toBe('arrived');
  });
  it('is free again when all is cleared or refused', () => {
    for (const last of ['clear', 'refuse'] as const) {
      const shown = applied(day(sent('a', 'offered')), [deed(last)]);
      expect(shown.assignments).toEqual([]);
      expect(shown.unit?.status).toBe('available');
    }
  });
  it('keeps to its own assignment and unit', () => {
    const other = deed('arrive', { assignment: 'b' });
    const elsewhere = deed('arrive', { unit: 'v' });
    expect(applied(day(sent('a', 'offered')), [other, elsewhere]).assignments[0]?.state).toBe('offered');
  });
  it('passes over what was refused', () => {
    const refused = { ...deed('arrive'), state: 'refused' as const };
    expect(applied(day(sent('a', 'offered')), [refused]).assignments[0]?.state).toBe('offered');
  });
  it('tells the status that was said last, and the messages', () => {
    const shown = applied(day(), [
      deed('status', { status: 'busy', text: 'Petrol' }),
      deed('message', { text: 'Mall Road' }),
    ]);
    expect(shown.unit).toMatchObject({ status: 'busy', status_note: 'Petrol' });
    expect(shown.messages).toMatchObject([{ from_unit: true, text: 'Mall Road' }]);
  });
});

describe('the pause between positions', () => {
  it('is short on the way and long while waiting', () => {
    expect(positionPause_ms(day(sent('a', 'en_route')), null)).toBe(10_000);
    expect(positionPause_ms(day(), null)).toBe(60_000);
  });
  it('grows as the battery empties, unless it is charged', () => {
    expect(positionPause_ms(day(), { level: 0.2, charging: false })).toBe(120_000);
    expect(positionPause_ms(day(), { level: 0.05, charging: false })).toBe(240_000);
    expect(positionPause_ms(day(), { level: 0.05, charging: true })).toBe(60_000);
  });
  it('is endless without a unit, agreement or duty', () => {
    expect(positionPause_ms({ ...day(), unit: null }, null)).toBeNull();
    expect(positionPause_ms({ ...day(), agreed: false }, null)).toBeNull();
    const off = day();
    if (off.unit) off.unit.status = 'out_of_service';
    expect(positionPause_ms(off, null)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { isOld, moved, type PositionEvent } from './positions';
import { nextStep, type Unit } from './types';

const unit = (id: string, at_ms?: number) =>
  ({ id, position: at_ms ? { at_ms, lat: 26, lon: 80 } : null }) as unknown as Unit;
const told = (subject: string, at_ms: number, lat = 27): PositionEvent => ({
  type: 'unit.position',
  subject,
  time_ms: at_ms,
  data: { at_ms, lat, lon: 81 },
});

describe('positions', () => {
  it('move a unit, and no other', () => {
    const [a, b] = moved([unit('a', 10), unit('b')], [told('a', 20)]);
    expect(a?.position?.lat).toBe(27);
    expect(b?.position).toBeNull();
  });
  it('that come late change nothing', () => {
    expect(moved([unit('a', 30)], [told('a', 20)])[0]?.position?.at_ms).toBe(30);
  });
  it('of which several come: the newest counts, in whatever order', () => {
    expect(moved([unit('a')], [told('a', 30, 28), told('a', 20)])[0]?.position).toMatchObject({ at_ms: 30, lat: 28 });
  });
  it('grow old', () => {
    const { position } = unit('a', 1000);
    expect(position && isOld(position, 61_000, 60)).toBe(false);
    expect(position && isOld(position, 61_001, 60)).toBe(true);
  });
});

describe('the way forward', () => {
  it('has one next step until it has ended', () => {
    expect(nextStep('offered')).toBe('acknowledged');
    expect(nextStep('arrived')).toBe('cleared');
    expect(nextStep('cleared')).toBeNull();
    expect(nextStep('withdrawn')).toBeNull();
  });
});

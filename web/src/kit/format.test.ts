import { describe, expect, it } from 'vitest';
import * as format from './format';

const hi = { language: 'hi', numerals: 'latn' } as const;
const deva = { language: 'hi', numerals: 'deva' } as const;
const en = { language: 'en', numerals: 'latn' } as const;
/** 22 November 2026, 23:45:09 in India. */
const TIME = Date.UTC(2026, 10, 22, 18, 15, 9);

describe('numbers', () => {
  it('are grouped by lakh and crore', () => {
    expect(format.formatNumber(1234567, en)).toBe('12,34,567');
    expect(format.formatNumber(123456789, hi)).toBe('12,34,56,789');
  });
  it('are in the numerals chosen', () => expect(format.formatNumber(1720, deva)).toBe('१,७२०'));
});

describe('dates', () => {
  it('name the month', () => {
    expect(format.formatDate(TIME, en)).toBe('22 Nov 2026');
    expect(format.formatDate(TIME, hi)).toBe('22 नव॰ 2026');
  });
  it('are Indian time, 24 hours', () => {
    expect(format.formatTime(TIME, en)).toBe('23:45:09');
    expect(format.formatTime(TIME + 15 * 60_000, en, false)).toBe('00:00');
  });
  it('leave out today', () => {
    expect(format.formatWhen(TIME, en, TIME + 1000)).toBe('23:45:09');
    expect(format.formatWhen(TIME, en, TIME + 3_600_000)).toBe('22 Nov 2026, 23:45:09');
  });
});

describe('lengths and sizes', () => {
  it('take the largest whole unit', () => {
    expect(format.lengthOf(59_000)).toEqual({ unit: 'second', count: 59 });
    expect(format.lengthOf(7_300_000)).toEqual({ unit: 'hour', count: 2 });
    expect(format.lengthOf(0)).toEqual({ unit: 'second', count: 0 });
  });
  it('write bytes in decimal units', () => {
    expect(format.formatBytes(0, en)).toBe('0 B');
    expect(format.formatBytes(1_400_000_000, en)).toBe('1.4 GB');
    expect(format.formatBytes(131_000_000_000, en)).toBe('131 GB');
  });
  it('name the nearest compass point', () => {
    expect(format.compassOf(359)).toBe('n');
    expect(format.compassOf(-90)).toBe('w');
    expect(format.compassOf(226)).toBe('sw');
  });
});

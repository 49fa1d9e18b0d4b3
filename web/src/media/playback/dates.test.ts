import { describe, expect, it } from 'vitest';
import { readDate, readTime } from './dates';

describe('readDate', () => {
  it.each([
    '22-11-2026',
    '22/11/2026',
    '22.11.26',
    '22 Nov 2026',
    '22 November 2026',
    '22 नव॰ 2026',
    '२२-११-२०२६',
    '2026-11-22',
  ])('reads %s', (text) => expect(readDate(text)).toBe('2026-11-22'));
  it.each(['', '22-11', '31-02-2026', '22-13-2026', '22 Foo 2026', 'heute'])('refuses "%s"', (text) =>
    expect(readDate(text)).toBeNull(),
  );
});

describe('readTime', () => {
  it.each([
    ['14:05', '14:05:00'],
    ['14.05.09', '14:05:09'],
    ['1405', '14:05:00'],
    ['१४:०५:०९', '14:05:09'],
    ['9:5', '09:05:00'],
  ])('reads %s', (text, time) => expect(readTime(text)).toBe(time));
  it.each(['', '24:00', '12:60', '5', 'noon'])('refuses "%s"', (text) => expect(readTime(text)).toBeNull());
});

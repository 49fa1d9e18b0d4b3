import { act as change, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { setLanguage } from '@/i18n';
import { narrowed, useActs } from './useActs';

beforeEach(() => setLanguage('en'));
const acts = () => renderHook(() => useActs()).result;

describe('words of acts', () => {
  it('follow the language', () => {
    const words = acts();
    expect(words.current.act('alarm.acknowledge')).toBe('Alarm acknowledged');
    change(() => setLanguage('hi'));
    expect(words.current.act('alarm.acknowledge')).toBe('अलार्म स्वीकार किया');
    expect(words.current.type('citizen report')).toBe('नागरिक की सूचना');
  });

  it('of a code or a type that nobody knows are the code itself', () => {
    expect(acts().current.act('teleport.begin')).toBe('teleport.begin');
    expect(acts().current.type('teleporter')).toBe('teleporter');
  });

  it('stand in groups that begin with the whole group', () => {
    const groups = acts().current.groups();
    const cameras = groups.find((one) => one.group === 'Cameras');
    expect(cameras?.items[0]).toEqual({ value: 'camera.', label: 'Cameras: all' });
    expect(cameras?.items).toContainEqual({ value: 'camera.retire', label: 'Camera retired' });
    expect(groups.map((one) => one.group)).toEqual(groups.map((one) => one.group).sort((a, b) => a.localeCompare(b)));
  });

  it('are found by act, by group and by code', () => {
    const groups = acts().current.groups();
    const found = (typed: string) => narrowed(groups, typed).flatMap((one) => one.items.map((item) => item.value));
    expect(found('camera RETIRED')).toEqual(['camera.retire']);
    expect(found('unit.en_route')).toEqual(['unit.en_route']);
    expect(found('holidays')).toEqual(['holiday.', 'holiday.add', 'holiday.remove']);
    expect(found('xyz')).toEqual([]);
    expect(narrowed(groups, ' ')).toBe(groups);
  });
});

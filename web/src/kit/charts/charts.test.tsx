import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MantineProvider } from '@mantine/core';
import { MemoryRouter } from 'react-router';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { i18next } from '@/i18n';
import { usePreferences } from '@/kit/preferences';
import { Bars } from './Bars';
import { BurnUp } from './BurnUp';
import { Funnel } from './Funnel';
import { colourAt, NO_DATA, stepsOf } from './scale';
import { Sparkline } from './Sparkline';

beforeEach(() => {
  void i18next.changeLanguage('en');
  usePreferences.setState({ numerals: 'latn' });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (element: ReactNode) =>
  render(
    <MantineProvider env="test">
      <MemoryRouter>{element}</MemoryRouter>
    </MantineProvider>,
  );

describe('classes of a filled map', () => {
  it('have round limits that rise, from nothing to the most', () => {
    const steps = stepsOf([0, 0, 3, 7, 12, 14, 22, 40, 41, 90, 173], 'light');
    const limits = steps.map((step) => step.from);
    expect(limits[0]).toBe(0);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
    expect(new Set(limits).size).toBe(limits.length);
    expect(new Set(steps.map((step) => step.colour)).size).toBe(steps.length);
    expect(limits.at(-1)).toBeLessThanOrEqual(173);
  });
  it('tell nothing from no data', () => {
    const steps = stepsOf([1, 2, 3], 'dark');
    expect(colourAt(null, steps, 'dark')).toBe(NO_DATA.dark);
    expect(colourAt(0, steps, 'dark')).toBe(steps[0]?.colour);
    expect(colourAt(3, steps, 'dark')).toBe(steps.at(-1)?.colour);
    expect(stepsOf([0, 0], 'light')).toEqual([]);
  });
});

it('bars write both numbers and lead to the rows', () => {
  show(
    <Bars
      label="By class"
      bars={[{ id: 'a', label: 'Hotels', value: 12, target: 235, to: '/cameras?owner_class=hotel' }]}
    />,
  );
  expect(screen.getByText('12 of 235')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Hotels' }).getAttribute('href')).toBe('/cameras?owner_class=hotel');
});

it('a funnel says what was lost, and how much of the step before is left', () => {
  show(
    <Funnel
      label="Funnel"
      steps={[
        { id: 'listed', label: 'Listed', value: 400 },
        { id: 'asked', label: 'Asked', value: 100, days: 3, losses: [{ label: 'Refused', value: 7 }] },
      ]}
    />,
  );
  expect(screen.getByText(/25 %/)).toBeTruthy();
  expect(screen.getByText(/Refused 7/)).toBeTruthy();
  expect(screen.getByText('after 3 days (median)')).toBeTruthy();
});

it('a burn-up is a table of the same numbers at one press, in the numerals chosen', async () => {
  await i18next.changeLanguage('hi');
  usePreferences.setState({ numerals: 'deva' });
  show(
    <BurnUp
      title="कानपुर"
      target={5000}
      gap={2860}
      points={[
        { day: '2026-11-21', done: 2100 },
        { day: '2026-11-22', done: 2140, expected: 2140, low: 2140, high: 2140 },
        { day: '2026-11-23', expected: 2178, low: 2160, high: 2196, needed: 2201 },
      ]}
    />,
  );
  expect(screen.getByText('५,००० में से २,१४० लाइव सत्यापित; २,८६० शेष।')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'तालिका के रूप में देखें' }));
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows).toHaveLength(4);
  expect(rows[3]).toContain('२,१६० – २,१९६');
});

it('a sparkline has a name, and says so when there is nothing to draw', () => {
  show(<Sparkline label="Last four weeks" values={[1, 2, 2, 5]} />);
  expect(screen.getByRole('img', { name: 'Last four weeks' })).toBeTruthy();
  cleanup();
  show(<Sparkline label="Last four weeks" values={[1]} />);
  expect(screen.getByText('–')).toBeTruthy();
});

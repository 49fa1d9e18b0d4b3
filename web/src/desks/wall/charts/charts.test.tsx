import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { i18next } from '@/i18n';
import { formatTime } from '@/kit/format';
import { usePreferences } from '@/kit/preferences';
import { useFormat } from '@/kit';
import { ChartTile } from './ChartTile';
import { chartQuery, CHARTS, OLD_AFTER_MS, type ChartName, type Figures } from './queries';
import { isEmpty, sentence, tableOf } from './reading';

const NOW_MS = Date.parse('2026-11-27T10:20:00+05:30');
const HOUR_MS = 3_600_000;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const clock = (at_ms: number) => formatTime(at_ms, { language: 'en', numerals: 'latn' }, false);

const nothing = (chart: ChartName): Figures => ({
  chart,
  as_of_ms: NOW_MS,
  series: SEVERITIES,
  rows: [],
  total: 0,
  of: null,
  late: 0,
  waiting: 0,
  longest: null,
});
const row = (key: string, values: number[], more: Partial<Figures['rows'][number]> = {}) => ({
  key,
  values,
  name: null,
  at_ms: null,
  late: 0,
  ...more,
});
const byHour: Figures = {
  ...nothing('alarms_by_hour'),
  total: 7,
  rows: Array.from({ length: 24 }, (_, at) => {
    const at_ms = NOW_MS - (23 - at) * HOUR_MS;
    return row(String(at_ms), at === 20 ? [1, 2, 0, 0] : at === 5 ? [0, 0, 4, 0] : [0, 0, 0, 0], { at_ms });
  }),
};
const incidents: Figures = {
  ...nothing('incidents_open'),
  total: 5,
  late: 2,
  rows: [row('open', [1, 0, 2, 0], { late: 2 }), row('in_hand', [0, 2, 0, 0]), row('resolved', [0, 0, 0, 0])],
};
const live: Figures = {
  ...nothing('cameras_live'),
  series: ['live'],
  total: 20,
  of: 24,
  rows: [
    row('1', [], { at_ms: NOW_MS - 2 * HOUR_MS }),
    row('2', [18], { at_ms: NOW_MS - HOUR_MS }),
    row('3', [20], { at_ms: NOW_MS }),
  ],
};
const units: Figures = {
  ...nothing('units'),
  series: ['units'],
  total: 2,
  of: 5,
  rows: [row('available', [2]), row('en_route', [3]), row('off_duty', [0])],
  waiting: 3,
  longest: { since_ms: NOW_MS - 12 * 60_000, number: '2026-000042', severity: 'high', name: { en: 'Fire', hi: 'आग' } },
};

beforeEach(() => {
  void i18next.changeLanguage('en');
  usePreferences.setState({ numerals: 'latn' });
  vi.useFakeTimers({ now: NOW_MS });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(figures: Figures, told_ms = NOW_MS) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(chartQuery(figures.chart).queryKey, figures, { updatedAt: told_ms });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <ChartTile name={figures.chart} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return screen.getByRole('article');
}

describe('a chart on the wall', () => {
  it('says its one number, draws each hour of its parts, names the parts by shape and word', () => {
    const tile = show(byHour);
    expect(tile.textContent).toContain('7alarms in the last 24 hours');
    expect(within(tile).getByRole('img', { name: '7 alarms began in the last 24 hours.' })).toBeTruthy();
    const columns = [...tile.querySelectorAll<HTMLElement>('[data-column]')];
    expect(columns).toHaveLength(24);
    expect(
      [...(columns[20]?.querySelectorAll<HTMLElement>('i') ?? [])].map((one) => [
        one.dataset.series,
        one.style.flexGrow,
      ]),
    ).toEqual([
      ['critical', '1'],
      ['high', '2'],
    ]);
    const keys = within(tile)
      .getAllByRole('listitem')
      .map((one) => one.textContent);
    expect(keys).toEqual(['Critical1', 'High2', 'Medium4', 'Low0']);
    expect(within(tile).getByRole('img', { name: 'Critical' })).toBeTruthy();
    expect(tile.textContent).toContain(`As of ${clock(NOW_MS)}`);
  });

  it('says which states incidents are in and how many are past their time', () => {
    const tile = show(incidents);
    expect(tile.querySelector('[data-bar=open]')?.textContent).toContain('3▲ 2 past their time');
    expect(tile.querySelector('[data-bar=in_hand]')?.textContent).not.toContain('▲');
  });

  it('makes nothing up of hours of which nothing is known', () => {
    const tile = show(live);
    expect(tile.querySelectorAll('[data-unknown]')).toHaveLength(1);
    expect(tile.textContent).toContain(`Nothing is known of the hours before ${clock(NOW_MS - HOUR_MS)}.`);
    expect(tile.textContent).toContain('24 linked');
  });

  it('says which call waits longest, or that none does', () => {
    const tile = show(units);
    expect(tile.textContent).toContain('12 minutes');
    expect(tile.textContent).toContain('Fire · 2026-000042');
    expect(tile.querySelector('[data-bar=off_duty]')).toBeNull();
    cleanup();
    expect(show({ ...units, waiting: 0, longest: null }).textContent).toContain('No call waits for a unit.');
  });

  it('has a sentence where there is nothing, in both languages', () => {
    expect(show(nothing('alarms_by_kind')).textContent).toContain('No alarm is open.');
    cleanup();
    void i18next.changeLanguage('hi');
    expect(show({ ...nothing('units'), of: 0 }).textContent).toContain('यहाँ अभी कोई इकाई दर्ज नहीं है।');
  });

  it('wears a sign when the centre does not answer', () => {
    expect(show(incidents, NOW_MS - OLD_AFTER_MS + 5_000).dataset.old).toBeUndefined();
    cleanup();
    const tile = show(incidents, NOW_MS - OLD_AFTER_MS - 1);
    expect(tile.dataset.old).toBe('true');
    expect(within(tile).getByRole('status').textContent).toContain('The centre does not answer');
    expect(tile.querySelector('[data-bar=open]')).not.toBeNull();
  });
});

describe('the same numbers in words', () => {
  it('are a sentence and a table for each chart, in both languages', () => {
    const told: string[] = [];
    function Words() {
      const format = useFormat();
      for (const chart of CHARTS) {
        const figures = [byHour, incidents, live, units].find((one) => one.chart === chart) ?? {
          ...nothing(chart),
          total: 3,
        };
        told.push(sentence(figures, i18next.t as never, format));
        const table = tableOf(figures, i18next.t as never, format);
        for (const cells of table.rows) expect(cells).toHaveLength(table.columns.length);
        told.push(...table.columns);
        expect(isEmpty(figures)).toBe(false);
      }
      return null;
    }
    for (const language of ['en', 'hi']) {
      void i18next.changeLanguage(language);
      render(<Words />);
      cleanup();
    }
    expect(told.every((one) => one && !one.includes('chart.') && !one.includes('{{'))).toBe(true);
    expect(told).toContain('20 of 24 cameras are live now.');
  });
});

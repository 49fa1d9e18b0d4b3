import { describe, expect, it } from 'vitest';
import { exampleFor } from './examples';
import { HOUR_MS, lastDay, sumOf } from './hours';

const doors = { host: 'centre.example', secure: true, http_port: 8442, mqtt_port: 8443 };

describe('the last day', () => {
  it('has an entry for each hour, this one last', () => {
    const now = 500_000 * HOUR_MS + 5;
    const hours = lastDay([{ hour_ms: 500_000 * HOUR_MS, taken: 4, refused: 1 }], now);
    expect(hours).toHaveLength(24);
    expect(hours[23]).toEqual({ hour_ms: 500_000 * HOUR_MS, taken: 4, refused: 1 });
    expect(hours[0]?.hour_ms).toBe(499_977 * HOUR_MS);
    expect(sumOf(hours, 'taken')).toBe(4);
  });
});

describe('what a vendor copies', () => {
  it('speaks the way of the source', () => {
    const http = exampleFor({ kind: 'http', kinds: ['device.door'], units: {} }, 'pk_1', doors);
    expect(http).toContain("'https://centre.example:8442/v1/events'");
    expect(http).toContain('Bearer pk_1');
    expect(http).toContain('"type":"device.door"');
    expect(exampleFor({ kind: 'mqtt', kinds: ['device.door'], units: {} }, 'pk_1', doors)).toContain('-p 8443');
    expect(exampleFor({ kind: 'tracker', kinds: [], units: { 'PCR 7': 'x' } }, 'pk_1', doors)).toContain('id=PCR%207');
  });
});

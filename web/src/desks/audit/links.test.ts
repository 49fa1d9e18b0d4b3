import { describe, expect, it } from 'vitest';
import { pageOf } from './links';

describe('pages of objects', () => {
  it('are told where there is one', () => {
    expect(pageOf('camera', '01')).toBe('/cameras/01');
    expect(pageOf('procedure', 'fire/1')).toBe('/procedures/fire%2F1');
    expect(pageOf('search', '01')).toBeNull();
    expect(pageOf('camera', '')).toBeNull();
  });
});

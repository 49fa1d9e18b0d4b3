import { describe, expect, it } from 'vitest';
import * as model from './model';
import { next } from './useTour';

const wall = model.ofCameras(['a', 'b', 'c', 'd'], 4);
const layout = (id: string, tiles: (string | null)[]): model.Layout => ({
  id,
  name: id,
  grid: 4,
  tiles,
  shared: false,
  owner: { id: 'me', name: 'Me' },
  edited_ms: 1,
});

describe('the wall', () => {
  it('takes the smallest grid that shows all', () => {
    expect(model.ofCameras(['a', 'b', 'c', 'd', 'e']).grid).toBe(9);
    expect(model.ofCameras(Array.from({ length: 60 }, (_, at) => `c${at}`)).grid).toBe(25);
    expect(model.ofCameras(['a', 'a', 'b']).tiles.filter(Boolean)).toEqual(['a', 'b']);
  });
  it('loses no camera when the grid shrinks and none when it grows again', () => {
    const small = model.withGrid(wall, 1);
    expect(model.pagesOf(small)).toBe(4);
    expect(model.shownTiles(small)).toEqual(['a']);
    expect(model.withGrid(small, 9).tiles.filter(Boolean)).toEqual(['a', 'b', 'c', 'd']);
  });
  it('moves a camera instead of showing it twice', () => {
    expect(model.place(wall, 0, 'c').tiles).toEqual(['c', 'b', 'a', 'd']);
    expect(model.place(wall, 0, 'x').tiles).toEqual(['x', 'b', 'c', 'd']);
    expect(model.swap(wall, 0, 3).tiles).toEqual(['d', 'b', 'c', 'a']);
  });
  it('adds into the first free tile, then on a new page', () => {
    const holed = model.clear(wall, 1);
    expect(model.add(holed, 'x').tiles).toEqual(['a', 'x', 'c', 'd']);
    const longer = model.add(wall, 'x');
    expect(longer.page).toBe(1);
    expect(model.shownTiles(longer)).toEqual(['x', null, null, null]);
    expect(model.add(longer, 'a').page).toBe(0);
  });
  it('turns pages round', () => {
    const pages = model.addPage(wall);
    expect(pages.page).toBe(1);
    expect(model.turnTo(pages, 2).page).toBe(0);
    expect(model.turnTo(pages, -1).page).toBe(1);
  });
  it('knows whether it differs from its layout', () => {
    const saved = layout('one', ['a', null, 'c', 'd']);
    const opened = model.opened(saved);
    expect(model.differs(opened, saved)).toBe(false);
    expect(model.differs(model.place(opened, 1, 'x'), saved)).toBe(true);
  });
  it('moves by arrow keys within the grid', () => {
    expect(model.neighbour(9, 0, 'ArrowLeft')).toBe(0);
    expect(model.neighbour(9, 0, 'ArrowRight')).toBe(1);
    expect(model.neighbour(9, 4, 'ArrowDown')).toBe(7);
    expect(model.neighbour(9, 7, 'ArrowDown')).toBe(7);
  });
  it('comes back from what was stored, and from rubbish not at all', () => {
    expect(model.revived(JSON.stringify(wall))?.tiles).toEqual(wall.tiles);
    for (const text of [null, '', '{', '{"grid":7,"tiles":[]}', '{"grid":4,"tiles":3}'])
      expect(model.revived(text)).toBeNull();
    expect(model.revived('{"grid":4,"tiles":["a",5],"page":99}')?.page).toBe(0);
  });
});

describe('a tour', () => {
  const one = layout('one', ['a']);
  const two = layout('two', ['b']);
  it('goes through pages, or from layout to layout', () => {
    expect(next(model.addPage(wall), [], []).page).toBe(0);
    const first = next(model.opened(one), [one, two], ['one', 'two']);
    expect(first.layoutId).toBe('two');
    expect(next(first, [one, two], ['one', 'two']).layoutId).toBe('one');
    expect(next(model.opened(one), [one], ['gone']).layoutId).toBe('one');
  });
});

/** What a wall is, and what people do to it. Pure: every function answers with a new wall. */

export const GRIDS = [1, 4, 9, 16, 25] as const;
export type Grid = (typeof GRIDS)[number];

export interface Wall {
  grid: Grid;
  /** Camera ids, page after page of `grid` tiles; null: an empty tile. */
  tiles: (string | null)[];
  page: number;
  /** The saved layout this wall was opened from, and its time of editing then. */
  layoutId: string | null;
  editedMs: number | null;
}

export interface Layout {
  id: string;
  name: string;
  grid: Grid;
  tiles: (string | null)[];
  shared: boolean;
  owner: { id: string; name: string };
  edited_ms: number;
}

export const EMPTY: Wall = { grid: 9, tiles: padded([], 9), page: 0, layoutId: null, editedMs: null };

/** Whole pages, at least one; empty pages at the end are dropped. */
function padded(tiles: readonly (string | null)[], grid: number): (string | null)[] {
  let used = tiles.length;
  while (used > 0 && !tiles[used - 1]) used -= 1;
  const pages = Math.max(1, Math.ceil(used / grid));
  return Array.from({ length: pages * grid }, (_, at) => tiles[at] ?? null);
}

export const pagesOf = (wall: Wall): number => Math.max(1, Math.ceil(wall.tiles.length / wall.grid));

/** The tiles of the page that is shown. */
export function shownTiles(wall: Wall): (string | null)[] {
  return wall.tiles.slice(wall.page * wall.grid, (wall.page + 1) * wall.grid);
}

export function withGrid(wall: Wall, grid: Grid): Wall {
  if (grid === wall.grid) return wall;
  const firstShown = wall.page * wall.grid;
  const tiles = padded(
    // From fewer to more tiles the holes stay where they are; from more to fewer nothing is lost: it goes to the next page.
    grid < wall.grid ? wall.tiles.filter((tile) => tile !== null) : wall.tiles,
    grid,
  );
  const page = Math.min(Math.floor(firstShown / grid), tiles.length / grid - 1);
  return { ...wall, grid, tiles, page };
}

/** Puts a camera into a tile of the shown page. A camera stands on a page once: it moves, and what was there takes its place. */
export function place(wall: Wall, tile: number, cameraId: string): Wall {
  const offset = wall.page * wall.grid;
  const tiles = [...wall.tiles];
  const before = shownTiles(wall).indexOf(cameraId);
  if (before >= 0) tiles[offset + before] = tiles[offset + tile] ?? null;
  tiles[offset + tile] = cameraId;
  return { ...wall, tiles };
}

export function swap(wall: Wall, from: number, to: number): Wall {
  const offset = wall.page * wall.grid;
  const tiles = [...wall.tiles];
  [tiles[offset + from], tiles[offset + to]] = [tiles[offset + to] ?? null, tiles[offset + from] ?? null];
  return { ...wall, tiles };
}

export function clear(wall: Wall, tile: number): Wall {
  const tiles = [...wall.tiles];
  tiles[wall.page * wall.grid + tile] = null;
  return { ...wall, tiles };
}

/** Puts a camera into the first free tile, on a new page when all are taken, and shows that page. */
export function add(wall: Wall, cameraId: string): Wall {
  const present = wall.tiles.indexOf(cameraId);
  if (present >= 0) return { ...wall, page: Math.floor(present / wall.grid) };
  const here = shownTiles(wall).indexOf(null);
  const free = here >= 0 ? wall.page * wall.grid + here : wall.tiles.indexOf(null);
  const at = free >= 0 ? free : wall.tiles.length;
  const tiles = padded(
    Array.from({ length: Math.max(wall.tiles.length, at + 1) }, (_, tile) =>
      tile === at ? cameraId : (wall.tiles[tile] ?? null),
    ),
    wall.grid,
  );
  return { ...wall, tiles, page: Math.floor(at / wall.grid) };
}

export function turnTo(wall: Wall, page: number): Wall {
  const pages = pagesOf(wall);
  return { ...wall, page: ((page % pages) + pages) % pages };
}

export function addPage(wall: Wall): Wall {
  return {
    ...wall,
    tiles: [...wall.tiles, ...Array.from({ length: wall.grid }, () => null)],
    page: pagesOf(wall),
  };
}

export function opened(layout: Layout): Wall {
  return {
    grid: layout.grid,
    tiles: padded(layout.tiles, layout.grid),
    page: 0,
    layoutId: layout.id,
    editedMs: layout.edited_ms,
  };
}

/** The smallest grid that shows `count` cameras, 25 at the most. */
export function gridFor(count: number): Grid {
  return GRIDS.find((grid) => grid >= count) ?? 25;
}

export function ofCameras(ids: readonly string[], grid?: Grid): Wall {
  const once = [...new Set(ids)];
  const size = grid ?? gridFor(once.length);
  return { ...EMPTY, grid: size, tiles: padded(once, size) };
}

/** Whether the shown page differs from the layout it came from. */
export function differs(wall: Wall, layout: Layout | undefined): boolean {
  if (!layout || layout.id !== wall.layoutId) return false;
  const kept = padded(layout.tiles, layout.grid);
  return (
    wall.grid !== layout.grid || wall.tiles.length !== kept.length || wall.tiles.some((tile, at) => tile !== kept[at])
  );
}

/** A wall from what was stored on this machine, or null when it is not one. */
export function revived(text: string | null): Wall | null {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as Partial<Wall>;
    if (!GRIDS.includes(value.grid as Grid) || !Array.isArray(value.tiles)) return null;
    const grid = value.grid as Grid;
    const tiles = padded(
      value.tiles.map((tile) => (typeof tile === 'string' ? tile : null)),
      grid,
    );
    return {
      grid,
      tiles,
      page: Math.min(Math.max(0, Number(value.page) || 0), tiles.length / grid - 1),
      layoutId: typeof value.layoutId === 'string' ? value.layoutId : null,
      editedMs: typeof value.editedMs === 'number' ? value.editedMs : null,
    };
  } catch {
    return null;
  }
}

/** Tile reached from `tile` by an arrow key; the same one at the edge. */
export function neighbour(grid: Grid, tile: number, key: string): number {
  const side = Math.sqrt(grid);
  const column = tile % side;
  if (key === 'ArrowLeft') return column > 0 ? tile - 1 : tile;
  if (key === 'ArrowRight') return column < side - 1 ? tile + 1 : tile;
  if (key === 'ArrowUp') return tile >= side ? tile - side : tile;
  if (key === 'ArrowDown') return tile < grid - side ? tile + side : tile;
  return tile;
}

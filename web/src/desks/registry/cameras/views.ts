/** How a reader likes the camera table: columns, sorting, and filters kept under a name. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { FIRST_COLUMNS } from './columns';

export interface SavedView {
  name: string;
  /** Address search without the question mark: filters and sort. */
  search: string;
  columns: string[];
}

interface State {
  columns: string[];
  views: SavedView[];
  setColumns: (columns: string[]) => void;
  save: (view: SavedView) => void;
  remove: (name: string) => void;
}

export const useViews = create<State>()(
  persist(
    (set) => ({
      columns: FIRST_COLUMNS,
      views: [],
      setColumns: (columns) => set({ columns }),
      save: (view) => set(({ views }) => ({ views: [...views.filter(({ name }) => name !== view.name), view] })),
      remove: (name) => set(({ views }) => ({ views: views.filter((view) => view.name !== name) })),
    }),
    { name: 'prahari.camera-views' },
  ),
);

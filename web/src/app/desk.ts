/** What a desk hands to the shell: its pages, its place on the rail, its actions in the palette. */
import type { Icon } from '@tabler/icons-react';
import type { RouteObject } from 'react-router';

export interface RailEntry {
  to: string;
  /** i18n key with namespace: "wall:title" */
  label: string;
  icon: Icon;
  /** Place on the rail, from the top. */
  order: number;
  /** Shown only to those who hold it anywhere. */
  permission?: string;
  /** Shortcut such as "g w". */
  keys?: string;
  /** Stands in the phone's bottom bar; the others are behind its last button. */
  phone?: boolean;
}

export interface PaletteAction {
  id: string;
  label: string;
  icon?: Icon;
  permission?: string;
  keys?: string;
  to: string;
}

export interface DeskRoutes {
  routes: RouteObject[];
  /** Pages for people without an account: outside the shell, nobody is asked to sign in. */
  open?: RouteObject[];
  rail?: RailEntry[];
  actions?: PaletteAction[];
}

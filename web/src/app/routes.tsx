/** Collects every desk's `routes.tsx`: a new desk is a new folder and nothing else. */
import { createBrowserRouter, type RouteObject } from 'react-router';
import { App } from './App';
import type { DeskRoutes, PaletteAction, RailEntry } from './desk';
import { NotFound, RouteError } from './RouteError';

const found = import.meta.glob<DeskRoutes>('../desks/**/routes.tsx', { eager: true, import: 'default' });
const desks = Object.values(found);

export const rail: RailEntry[] = desks.flatMap((desk) => desk.rail ?? []).sort((a, b) => a.order - b.order);
export const actions: PaletteAction[] = desks.flatMap((desk) => desk.actions ?? []);

const children: RouteObject[] = [...desks.flatMap((desk) => desk.routes), { path: '*', element: <NotFound /> }];

const open = desks.flatMap((desk) => desk.open ?? []);

export const router = createBrowserRouter([
  ...(open.length > 0 ? [{ errorElement: <RouteError />, children: open }] : []),
  {
    path: '/',
    element: <App />,
    children: [{ errorElement: <RouteError />, children }],
    hydrateFallbackElement: <></>,
  },
]);

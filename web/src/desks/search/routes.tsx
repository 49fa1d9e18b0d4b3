import { IconSearch } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

/** No entry on the rail: the box at the top of every page leads here. */
const desk: DeskRoutes = {
  routes: [{ path: 'search', lazy: () => import('./SearchPage') }],
  actions: [{ id: 'search', label: 'search:title', icon: IconSearch, to: '/search' }],
};
export default desk;

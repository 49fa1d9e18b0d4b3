import { IconArrowsJoin, IconFileImport } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'lists', lazy: () => import('./ListsPage') },
    { path: 'lists/duplicates', lazy: () => import('./DuplicatesPage') },
    { path: 'lists/:id', lazy: () => import('./ListPage') },
  ],
  rail: [
    { to: '/lists', label: 'lists:title', icon: IconFileImport, order: 31, permission: 'list.import', keys: 'g x' },
  ],
  actions: [
    { id: 'lists.import', label: 'lists:import_action', icon: IconFileImport, permission: 'list.import', to: '/lists' },
    {
      id: 'lists.duplicates',
      label: 'lists:duplicates.action',
      icon: IconArrowsJoin,
      permission: 'list.import',
      to: '/lists/duplicates',
    },
  ],
};
export default desk;

import { IconShovel } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'works', lazy: () => import('./WorksPage') },
    { path: 'works/packages/:id', lazy: () => import('./PackagePage') },
  ],
  rail: [{ to: '/works', label: 'works:title', icon: IconShovel, order: 37, permission: 'works.view', keys: 'g o' }],
};
export default desk;

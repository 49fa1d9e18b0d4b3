import { IconLayoutGrid } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'wall', lazy: () => import('./WallPage') }],
  rail: [
    {
      to: '/wall',
      label: 'wall:title',
      icon: IconLayoutGrid,
      order: 20,
      permission: 'wall.use',
      keys: 'g w',
      phone: true,
    },
  ],
};
export default desk;

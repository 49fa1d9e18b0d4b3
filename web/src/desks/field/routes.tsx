import { IconWalk } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [],
  // Outside the shell: it starts without a network, so nobody can be asked who is there.
  open: [{ path: 'field/*', lazy: () => import('./FieldPage') }],
  rail: [
    {
      to: '/field',
      label: 'field:title',
      icon: IconWalk,
      order: 34,
      permission: 'linking.work',
      keys: 'g f',
      phone: true,
    },
  ],
};
export default desk;

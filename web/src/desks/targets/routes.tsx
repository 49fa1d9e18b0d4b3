import { IconTargetArrow } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'targets', lazy: () => import('./overview/OverviewPage') },
    { path: 'targets/league', lazy: () => import('./league/LeaguePage') },
    { path: 'targets/wards', lazy: () => import('./wards/WardsPage') },
    { path: 'targets/placements', lazy: () => import('./placements/PlacementsPage') },
  ],
  rail: [
    {
      to: '/targets',
      label: 'targets:title',
      icon: IconTargetArrow,
      order: 33,
      permission: 'linking.view',
      keys: 'g t',
    },
  ],
};
export default desk;

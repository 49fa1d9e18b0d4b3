import { IconDeviceMobileMessage, IconRoute } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'dispatch', lazy: () => import('./DispatchPage') },
    { path: 'dispatch/hotspots', lazy: () => import('./hotspots/HotspotsPage') },
  ],
  // Outside the shell: it starts without a network, so nobody can be asked who is there.
  open: [{ path: 'unit/*', lazy: () => import('./unit/UnitPage') }],
  rail: [
    {
      to: '/dispatch',
      label: 'dispatch:title',
      icon: IconRoute,
      order: 7,
      permission: 'dispatch.view',
      keys: 'g n',
      phone: true,
    },
    {
      to: '/unit',
      label: 'unit:title',
      icon: IconDeviceMobileMessage,
      order: 9,
      permission: 'unit.crew',
      phone: true,
    },
  ],
  actions: [
    { id: 'hotspots', label: 'dispatch:hotspots.title', permission: 'dispatch.view', to: '/dispatch/hotspots' },
  ],
};
export default desk;

import { IconHeartbeat } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'camera-health', lazy: () => import('./IllPage') },
    { path: 'camera-health/uptime', lazy: () => import('./UptimePage') },
    { path: 'camera-health/levels', lazy: () => import('./LevelsPage') },
    { path: 'camera-health/maintenance', lazy: () => import('./MaintenancePage') },
  ],
  rail: [
    {
      to: '/camera-health',
      label: 'health:title',
      icon: IconHeartbeat,
      order: 25,
      permission: 'camera.view',
      keys: 'g b',
    },
  ],
};
export default desk;

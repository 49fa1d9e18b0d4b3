import { IconRouter } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'edge-sites', lazy: () => import('./SitesPage') },
    { path: 'edge-sites/:id', lazy: () => import('./SitesPage') },
  ],
  rail: [{ to: '/edge-sites', label: 'edge:title', icon: IconRouter, order: 27, permission: 'camera.view' }],
};
export default desk;

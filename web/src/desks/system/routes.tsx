import { IconServer } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'system', lazy: () => import('./SystemPage') }],
  rail: [{ to: '/system', label: 'system:title', icon: IconServer, order: 90, permission: 'system.view', keys: 'g s' }],
};
export default desk;

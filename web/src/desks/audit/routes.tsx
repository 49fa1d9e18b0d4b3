import { IconHistory } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'audit', lazy: () => import('./AuditPage') }],
  rail: [{ to: '/audit', label: 'audit:title', icon: IconHistory, order: 80, permission: 'audit.view', keys: 'g q' }],
};
export default desk;

import { IconInbox } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

/** The citizens' page (/report) is no part of the console: it is one of the owners' public pages. */
const desk: DeskRoutes = {
  routes: [{ path: 'intake', lazy: () => import('./SourcesPage') }],
  rail: [{ to: '/intake', label: 'intake:title', icon: IconInbox, order: 62, permission: 'intake.manage' }],
};
export default desk;

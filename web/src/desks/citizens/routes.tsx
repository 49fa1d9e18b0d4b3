import { IconMessageReport } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'citizen-reports', lazy: () => import('./ReportsPage') },
    { path: 'citizen-reports/:id/incident', lazy: () => import('./OpenIncidentPage') },
  ],
  rail: [
    {
      to: '/citizen-reports',
      label: 'citizens:title',
      icon: IconMessageReport,
      order: 8,
      permission: 'incident.view',
      keys: 'g v',
    },
  ],
};
export default desk;

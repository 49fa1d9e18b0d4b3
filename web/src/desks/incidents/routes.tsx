import { IconUrgent } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'incidents', lazy: () => import('./IncidentsPage') },
    { path: 'incidents/new', lazy: () => import('./NewPage') },
    { path: 'incidents/kinds', lazy: () => import('./KindsPage') },
    { path: 'incidents/:id', lazy: () => import('./page/IncidentPage') },
  ],
  rail: [
    {
      to: '/incidents',
      label: 'incidents:title',
      icon: IconUrgent,
      order: 6,
      permission: 'incident.view',
      keys: 'g i',
      phone: true,
    },
  ],
  actions: [
    { id: 'incident-new', label: 'incidents:new.title', permission: 'incident.work', to: '/incidents/new' },
    { id: 'incident-kinds', label: 'incidents:kinds.title', permission: 'incident.supervise', to: '/incidents/kinds' },
  ],
};
export default desk;

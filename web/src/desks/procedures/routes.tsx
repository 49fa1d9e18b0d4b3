import { IconListCheck } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'procedures', lazy: () => import('./ProceduresPage') },
    { path: 'procedures/:code', lazy: () => import('./ProcedurePage') },
  ],
  rail: [
    {
      to: '/procedures',
      label: 'procedures:title',
      icon: IconListCheck,
      order: 8,
      permission: 'incident.view',
      keys: 'g j',
    },
  ],
};
export default desk;

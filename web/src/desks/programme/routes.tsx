import { IconClipboardCheck } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'programme', lazy: () => import('./overview/OverviewPage') },
    { path: 'programme/premises', lazy: () => import('./ladder/LadderPage') },
    { path: 'programme/tasks', lazy: () => import('./tasks/TasksPage') },
    { path: 'programme/matters', lazy: () => import('./matters/MattersPage') },
    { path: 'programme/officers', lazy: () => import('./officers/OfficersPage') },
    { path: 'programme/orders', lazy: () => import('./orders/OrdersPage') },
    { path: 'programme/orders/:id', lazy: () => import('./orders/OrderPage') },
    { path: 'programme/rules', lazy: () => import('./rules/RulesPage') },
  ],
  rail: [
    {
      to: '/programme',
      label: 'programme:title',
      icon: IconClipboardCheck,
      order: 32,
      permission: 'linking.view',
      keys: 'g l',
      phone: true,
    },
  ],
  actions: [
    {
      id: 'programme.tasks',
      label: 'programme:palette.tasks',
      icon: IconClipboardCheck,
      permission: 'linking.view',
      to: '/programme/tasks?mine=true&state=standing',
    },
    {
      id: 'programme.orders',
      label: 'programme:palette.orders',
      icon: IconClipboardCheck,
      permission: 'linking.view',
      to: '/programme/orders',
    },
  ],
};
export default desk;

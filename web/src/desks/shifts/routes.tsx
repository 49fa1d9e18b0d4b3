import { IconArmchair } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'shifts', lazy: () => import('./ShiftsPage') },
    { path: 'shifts/roster', lazy: () => import('./roster/RosterPage') },
    { path: 'shifts/handovers', lazy: () => import('./HandoversPage') },
    { path: 'shifts/attention', lazy: () => import('./attention/AttentionPage') },
    { path: 'shifts/posts', lazy: () => import('./PostsPage') },
  ],
  rail: [
    { to: '/shifts', label: 'shifts:title', icon: IconArmchair, order: 12, permission: 'shift.view', keys: 'g h' },
  ],
  actions: [
    { id: 'shift-roster', label: 'shifts:parts.roster', permission: 'shift.view', to: '/shifts/roster' },
    { id: 'shift-attention', label: 'shifts:parts.attention', permission: 'attention.view', to: '/shifts/attention' },
  ],
};
export default desk;

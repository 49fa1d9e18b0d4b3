import { IconMessages } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'messages', lazy: () => import('./LogPage') },
    { path: 'messages/gateways', lazy: () => import('./GatewaysPage') },
    { path: 'messages/words', lazy: () => import('./WordsPage') },
  ],
  rail: [{ to: '/messages', label: 'messages:title', icon: IconMessages, order: 66, permission: 'programme.manage' }],
};
export default desk;

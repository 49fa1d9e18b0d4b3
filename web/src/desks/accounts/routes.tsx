import { IconUsers } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'account', lazy: () => import('./AccountPage') },
    { path: 'users', lazy: () => import('./users/UsersPage') },
    { path: 'users/:id', lazy: () => import('./users/UsersPage') },
  ],
  rail: [
    { to: '/users', label: 'accounts:users.title', icon: IconUsers, order: 70, permission: 'user.manage', keys: 'g u' },
  ],
};
export default desk;

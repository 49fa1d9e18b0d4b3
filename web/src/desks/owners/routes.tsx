import { IconUserCheck } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

/** Officers look at what owners registered. The owners' own pages (/o) are no part of the console: see public/start.tsx. */
const desk: DeskRoutes = {
  routes: [{ path: 'owner-registrations', lazy: () => import('./RegistrationsPage') }],
  rail: [
    { to: '/owner-registrations', label: 'owners:title', icon: IconUserCheck, order: 58, permission: 'linking.work' },
  ],
};
export default desk;

import { IconReport, IconUsersGroup } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'reports', lazy: () => import('./days/ReportsPage') },
    { path: 'reports/:id', lazy: () => import('./report/ReportPage') },
    { path: 'meetings', lazy: () => import('./meetings/MeetingsPage') },
    { path: 'meetings/:id', lazy: () => import('./meetings/MeetingPage') },
  ],
  rail: [
    {
      to: '/reports',
      label: 'reports:title',
      icon: IconReport,
      order: 36,
      permission: 'report.view',
      keys: 'g d',
    },
  ],
  actions: [
    {
      id: 'meetings',
      label: 'reports:meeting.title',
      icon: IconUsersGroup,
      permission: 'report.view',
      to: '/meetings',
    },
  ],
};
export default desk;

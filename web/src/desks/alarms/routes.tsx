import { IconBellRinging } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'alarms', lazy: () => import('./AlarmsPage') },
    { path: 'alarms/past', lazy: () => import('./PastPage') },
    { path: 'alarms/rules', lazy: () => import('./rules/RulesPage') },
    { path: 'alarms/rules/:id', lazy: () => import('./rules/RulesPage') },
  ],
  rail: [
    {
      to: '/alarms',
      label: 'alarms:title',
      icon: IconBellRinging,
      order: 5,
      permission: 'alarm.view',
      keys: 'g a',
      phone: true,
    },
  ],
  actions: [{ id: 'alarm-rules', label: 'alarms:rules.title', permission: 'alarm.view', to: '/alarms/rules' }],
};
export default desk;

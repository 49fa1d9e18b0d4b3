import { IconSpeakerphone } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'outreach', lazy: () => import('./OutreachPage') }],
  rail: [
    {
      to: '/outreach',
      label: 'outreach:title',
      icon: IconSpeakerphone,
      order: 38,
      permission: 'outreach.view',
      keys: 'g e',
    },
  ],
  actions: [
    {
      id: 'outreach.letters',
      label: 'outreach:palette.letters',
      icon: IconSpeakerphone,
      permission: 'outreach.edit',
      to: '/outreach?tab=letters',
    },
  ],
};
export default desk;

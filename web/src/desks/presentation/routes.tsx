import { IconPresentation } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'presentation', lazy: () => import('./PresentationPage') }],
  rail: [
    {
      to: '/presentation',
      label: 'presentation:title',
      icon: IconPresentation,
      order: 39,
      permission: 'presentation.use',
    },
  ],
};
export default desk;

import { IconVideoPlus } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'cameras/new', lazy: () => import('./WizardPage') }],
  actions: [
    { id: 'camera-new', label: 'wizard:title', icon: IconVideoPlus, permission: 'camera.edit', to: '/cameras/new' },
  ],
};
export default desk;

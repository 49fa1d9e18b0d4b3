import { IconDeviceCctv } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'cameras/new/device', lazy: () => import('./wizard/DeviceWizard') }],
  actions: [
    {
      id: 'device-new',
      label: 'devices:wizard.title',
      icon: IconDeviceCctv,
      permission: 'camera.edit',
      to: '/cameras/new/device',
    },
  ],
};
export default desk;

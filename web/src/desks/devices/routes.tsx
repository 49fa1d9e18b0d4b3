import { IconBuildingFactory2, IconDeviceCctv } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { path: 'cameras/new/device', lazy: () => import('./wizard/DeviceWizard') },
    { path: 'vendor-templates', lazy: () => import('./templates/TemplatesPage') },
  ],
  actions: [
    {
      id: 'device-new',
      label: 'devices:wizard.title',
      icon: IconDeviceCctv,
      permission: 'camera.edit',
      to: '/cameras/new/device',
    },
    {
      id: 'vendor-templates',
      label: 'devices:templates.title',
      icon: IconBuildingFactory2,
      permission: 'registry.edit',
      to: '/vendor-templates',
    },
  ],
};
export default desk;

import { IconBuildingStore, IconListDetails, IconMap2, IconVideo } from '@tabler/icons-react';
import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [
    { index: true, lazy: () => import('./city/CityPage') },
    { path: 'cameras', lazy: () => import('./cameras/CamerasPage') },
    { path: 'cameras/:id', lazy: () => import('./camera/CameraPage') },
    { path: 'premises', lazy: () => import('./premises/PremisesList') },
    { path: 'premises/:id', lazy: () => import('./premises/PremisesPage') },
    { path: 'registry', lazy: () => import('./rows/RowsPage') },
  ],
  rail: [
    {
      to: '/',
      label: 'registry:city.title',
      icon: IconMap2,
      order: 10,
      permission: 'camera.view',
      keys: 'g m',
      phone: true,
    },
    {
      to: '/cameras',
      label: 'registry:cameras.title',
      icon: IconVideo,
      order: 30,
      permission: 'camera.view',
      keys: 'g c',
      phone: true,
    },
    {
      to: '/premises',
      label: 'registry:premises.title',
      icon: IconBuildingStore,
      order: 40,
      permission: 'registry.view',
      keys: 'g p',
      phone: true,
    },
    {
      to: '/registry',
      label: 'registry:rows.title',
      icon: IconListDetails,
      order: 60,
      permission: 'registry.edit',
      keys: 'g r',
    },
  ],
};
export default desk;

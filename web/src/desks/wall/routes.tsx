import { IconChartBar, IconDeviceTv, IconLayoutGrid } from '@tabler/icons-react';
import { lazy } from 'react';
import type { DeskRoutes } from '@/app/desk';
import { registerTileTool } from '@/media/live/tools';

registerTileTool(lazy(async () => ({ default: (await import('./PushTool')).PushTool })));

const desk: DeskRoutes = {
  routes: [
    { path: 'wall', lazy: () => import('./WallPage') },
    { path: 'figures', lazy: () => import('./charts/FiguresPage') },
    { path: 'wall/screens', lazy: () => import('./screens/ScreensPage') },
  ],
  open: [{ path: '/screen', lazy: () => import('./screen/ScreenPage'), HydrateFallback: () => null }],
  rail: [
    {
      to: '/wall',
      label: 'wall:title',
      icon: IconLayoutGrid,
      order: 20,
      permission: 'wall.use',
      keys: 'g w',
      phone: true,
    },
    {
      to: '/wall/screens',
      label: 'wall:screens.title',
      icon: IconDeviceTv,
      order: 21,
      permission: 'wall.control',
      keys: 'g k',
    },
  ],
  actions: [{ id: 'figures', label: 'wall:figures.title', icon: IconChartBar, to: '/figures' }],
};
export default desk;

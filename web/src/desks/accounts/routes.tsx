import type { DeskRoutes } from '@/app/desk';

const desk: DeskRoutes = {
  routes: [{ path: 'account', lazy: () => import('./AccountPage') }],
};
export default desk;

import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFoundScreen, OperatorRoot } from './root.screen.js';

const root = createRootRoute({ component: OperatorRoot, notFoundComponent: NotFoundScreen });

/** The first screen is one of the list. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/jobs', replace: true });
  },
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./screens/jobs/jobs.screen.js'), 'JobsScreen'),
});

/** THE list of the operator's screens. Each comes with its own chunk. */
export const routeTree = root.addChildren([home, jobs]);

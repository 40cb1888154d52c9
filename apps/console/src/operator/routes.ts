import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFoundScreen, OperatorRoot } from './root.screen.js';
import { toWordingSearch } from './screens/wording/wording.search.js';

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

const wording = createRoute({
  getParentRoute: () => root,
  path: '/wording',
  validateSearch: toWordingSearch,
  component: lazyRouteComponent(() => import('./screens/wording/wording.screen.js'), 'WordingScreen'),
});

const wordingEdit = createRoute({
  getParentRoute: () => root,
  path: '/wording/$id',
  component: lazyRouteComponent(() => import('./screens/wording/edit.screen.js'), 'WordingEditScreen'),
});

/** THE list of the operator's screens. Each comes with its own chunk. */
export const routeTree = root.addChildren([home, jobs, wording, wordingEdit]);

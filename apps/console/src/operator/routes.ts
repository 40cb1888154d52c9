import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFoundScreen, OperatorRoot } from './root.screen.js';
import { toWordingSearch } from './screens/wording/wording.search.js';
import { toClientsSearch } from './screens/clients/clients.search.js';

const root = createRootRoute({ component: OperatorRoot, notFoundComponent: NotFoundScreen });

/** The first screen is one of the list. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/clients', replace: true });
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

const clients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  validateSearch: toClientsSearch,
  component: lazyRouteComponent(() => import('./screens/clients/clients.screen.js'), 'ClientsScreen'),
});

const registerClient = createRoute({
  getParentRoute: () => root,
  path: '/clients/new',
  component: lazyRouteComponent(
    () => import('./screens/register-client/register-client.screen.js'),
    'RegisterClientScreen',
  ),
});

/** One screen, of which each task has its address: it stays the same screen from one to the next. */
const client = createRoute({
  getParentRoute: () => root,
  path: '/clients/$id',
  component: lazyRouteComponent(() => import('./screens/client/client.screen.js'), 'ClientScreen'),
});

const clientTasks = [
  createRoute({ getParentRoute: () => client, path: '/' }),
  createRoute({ getParentRoute: () => client, path: '/who' }),
  createRoute({ getParentRoute: () => client, path: '/sign-in' }),
  createRoute({ getParentRoute: () => client, path: '/asks' }),
  createRoute({ getParentRoute: () => client, path: '/returns' }),
] as const;

/** THE list of the operator's screens. Each comes with its own chunk. */
export const routeTree = root.addChildren([
  home,
  clients,
  registerClient,
  client.addChildren(clientTasks),
  wording,
  wordingEdit,
  jobs,
]);

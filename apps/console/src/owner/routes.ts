import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { toAccessSearch } from '../screens/access/access.search.js';
import { toActivitySearch } from '../screens/activity/activity.search.js';
import { toApplicationSearch } from '../screens/application/application.search.js';
import { toApplicationsSearch } from '../screens/applications/applications.search.js';
import { toCheckUpSearch } from '../screens/check-up/check-up.search.js';
import { toCoverSearch } from '../screens/cover/cover.search.js';
import { toGrantSearch } from '../screens/grant/grant.search.js';
import { toHomeSearch } from '../screens/home/home.search.js';
import { toRequestsSearch } from '../screens/requests/requests.search.js';
import { toResourceSearch } from '../screens/resource/resource.search.js';
import { toSettingsSearch } from '../screens/settings/settings.search.js';
import { toSharedWithMeSearch } from '../screens/shared-with-me/shared-with-me.search.js';
import { toStopSearch } from '../screens/stop/stop.search.js';
import { NotFoundScreen, OwnerRoot } from './root.screen.js';

const root = createRootRoute({ component: OwnerRoot, notFoundComponent: NotFoundScreen });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: toHomeSearch,
  component: lazyRouteComponent(() => import('../screens/home/home.screen.js'), 'HomeScreen'),
});

/** One screen with three tabs, each with its address: it stays the same screen from tab to tab. */
const resource = createRoute({
  getParentRoute: () => root,
  path: '/resources/$id',
  validateSearch: toResourceSearch,
  component: lazyRouteComponent(() => import('../screens/resource/resource.screen.js'), 'ResourceScreen'),
});

const resourceTabs = [
  createRoute({ getParentRoute: () => resource, path: '/' }),
  createRoute({ getParentRoute: () => resource, path: '/activity' }),
  createRoute({ getParentRoute: () => resource, path: '/link' }),
] as const;

const cover = createRoute({
  getParentRoute: () => root,
  path: '/cover',
  validateSearch: toCoverSearch,
  component: lazyRouteComponent(() => import('../screens/cover/cover.screen.js'), 'CoverScreen'),
});

const applications = createRoute({
  getParentRoute: () => root,
  path: '/applications',
  validateSearch: toApplicationsSearch,
  component: lazyRouteComponent(() => import('../screens/applications/applications.screen.js'), 'ApplicationsScreen'),
});

const application = createRoute({
  getParentRoute: () => root,
  path: '/applications/$id',
  validateSearch: toApplicationSearch,
  component: lazyRouteComponent(() => import('../screens/application/application.screen.js'), 'ApplicationScreen'),
});

const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  validateSearch: toRequestsSearch,
  component: lazyRouteComponent(() => import('../screens/requests/requests.screen.js'), 'RequestsScreen'),
});

const access = createRoute({
  getParentRoute: () => root,
  path: '/access',
  validateSearch: toAccessSearch,
  component: lazyRouteComponent(() => import('../screens/access/access.screen.js'), 'AccessScreen'),
});

const grant = createRoute({
  getParentRoute: () => root,
  path: '/access/$id',
  validateSearch: toGrantSearch,
  component: lazyRouteComponent(() => import('../screens/grant/grant.screen.js'), 'GrantScreen'),
});

const sharedWithMe = createRoute({
  getParentRoute: () => root,
  path: '/shared-with-me',
  validateSearch: toSharedWithMeSearch,
  component: lazyRouteComponent(
    () => import('../screens/shared-with-me/shared-with-me.screen.js'),
    'SharedWithMeScreen',
  ),
});

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: toActivitySearch,
  component: lazyRouteComponent(() => import('../screens/activity/activity.screen.js'), 'ActivityScreen'),
});

const checkUp = createRoute({
  getParentRoute: () => root,
  path: '/check-up',
  validateSearch: toCheckUpSearch,
  component: lazyRouteComponent(() => import('../screens/check-up/check-up.screen.js'), 'CheckUpScreen'),
});

const stop = createRoute({
  getParentRoute: () => root,
  path: '/stop',
  validateSearch: toStopSearch,
  component: lazyRouteComponent(() => import('../screens/stop/stop.screen.js'), 'StopScreen'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: toSettingsSearch,
  component: lazyRouteComponent(() => import('../screens/settings/settings.screen.js'), 'SettingsScreen'),
});

/** THE list of the owner's screens. Each comes with its own chunk; what its address may say is in its `*.search.ts`. */
export const routeTree = root.addChildren([
  home,
  resource.addChildren(resourceTabs),
  cover,
  applications,
  application,
  requests,
  access,
  grant,
  sharedWithMe,
  activity,
  checkUp,
  stop,
  settings,
]);

/** Who may import whom. Read it top down as the house: apps, grants, the domain libraries, the platform, the base. */

const BASE = ['kernel', 'protocol', 'shown-text', 'owner-contract', 'operator-contract', 'design-tokens'];
const PLATFORM = ['persistence', 'jobs', 'audit', 'activity', 'mail', 'outbound', 'wording'];
const EVERY_SERVER_LIB = [...PLATFORM, ...BASE];

/** Library -> the libraries it may import. A library that is missing here may import none. */
const ALLOWED = {
  grants: [
    'oauth',
    'uma',
    'federation',
    'delegation',
    'authorizations',
    'tokens',
    'clients',
    'accounts',
    'keys',
    ...EVERY_SERVER_LIB,
  ],
  oauth: ['clients', 'tokens', 'authorizations', 'keys', ...EVERY_SERVER_LIB],
  delegation: ['authorizations', 'uma', 'tokens', ...EVERY_SERVER_LIB],
  uma: ['authorizations', 'tokens', ...EVERY_SERVER_LIB],
  federation: ['accounts', 'keys', ...EVERY_SERVER_LIB],
  tokens: ['authorizations', 'keys', ...EVERY_SERVER_LIB],
  clients: ['keys', ...EVERY_SERVER_LIB],
  accounts: ['keys', ...EVERY_SERVER_LIB],
  authorizations: ['keys', ...EVERY_SERVER_LIB],
  keys: ['persistence', ...BASE],
  persistence: ['kernel'],
  jobs: ['kernel'],
  audit: ['kernel'],
  activity: ['persistence', ...BASE],
  wording: ['owner-contract', 'shown-text'],
  'operator-contract': ['owner-contract'],
  mail: ['kernel'],
  outbound: ['kernel'],
  'resource-server': ['protocol'],
};

const TESTS = '\\.(spec|contract)\\.ts$|^libs/testing/';
const oneOf = (names) => `(${names.join('|')})`;

const libraryRules = Object.entries(ALLOWED).map(([library, allowed]) => ({
  name: `${library}-imports`,
  comment: `libs/${library} may import ${allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^libs/${library}/`, pathNot: TESTS },
  to: { path: '^libs/', pathNot: `^libs/${oneOf([library, ...allowed])}/` },
}));

/** A spec or contract suite keeps to its library's arrows, and may have the platform, the base and libs/testing besides. */
const specRules = Object.entries({
  ...ALLOWED,
  kernel: [],
  protocol: [],
  'shown-text': [],
  'owner-contract': [],
  'design-tokens': [],
}).map(([library, allowed]) => ({
  name: `${library}-spec-imports`,
  comment: `A spec of libs/${library} may import what the library may, the platform, the base and libs/testing.`,
  severity: 'error',
  from: { path: `^libs/${library}/.*\\.(spec|contract)\\.ts$` },
  to: {
    path: '^(libs|apps)/',
    pathNot: `^libs/${oneOf([...new Set([library, ...allowed, ...EVERY_SERVER_LIB, 'testing'])])}/`,
  },
}));

const known = oneOf([...Object.keys(ALLOWED), ...BASE, 'testing']);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'No cycles, type imports included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-modules',
      comment: 'Every import resolves, or the other rules would not see it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'libraries-are-known',
      comment: 'A new library states in .dependency-cruiser.mjs what it may import.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/${known}/` },
      to: {},
    },
    {
      name: 'base-imports-nothing',
      comment: 'kernel, protocol, shown-text, owner-contract and design-tokens import no other library.',
      severity: 'error',
      from: { path: '^libs/(kernel|protocol|shown-text|owner-contract|design-tokens)/', pathNot: TESTS },
      to: { path: '^(libs|apps|test)/', pathNot: '^libs/$1/' },
    },
    ...libraryRules,
    ...specRules,
    {
      name: 'through-the-index',
      comment: 'Another library is imported as @valetkey/<name>, through its index.',
      severity: 'error',
      from: { path: '^(?:apps|test|libs/([^/]+))/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'grants-are-islands',
      comment: 'A grant imports no other grant.',
      severity: 'error',
      from: { path: '^libs/grants/src/([^/]+)/' },
      to: { path: '^libs/grants/', pathNot: '^libs/grants/src/$1/' },
    },
    {
      name: 'domain-imports-itself',
      comment: 'domain/ runs kernel, protocol, shown-text and itself only; types of the libraries below are fine.',
      severity: 'error',
      from: { path: '^((?:libs|apps)/.+/domain)/', pathNot: TESTS },
      to: {
        path: '^(libs|apps)/',
        pathNot: ['^$1/', '^libs/(kernel|protocol|shown-text)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/ runs no package and no Node module; the types of one are fine.',
      severity: 'error',
      from: { path: '^(?:libs|apps)/.+/domain/', pathNot: TESTS },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'console-sees-the-contract',
      comment:
        'apps/console runs in browsers: of ours it imports the contract, the wording and its rule of what is shown, and its build the design tokens.',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: {
        path: '^(libs|apps|test)/',
        pathNot: '^(apps/console/|libs/(owner-contract|operator-contract|wording|shown-text|design-tokens)/)',
      },
    },
    {
      name: 'nobody-imports-the-console',
      comment: 'Servers and tests know the console by HTTP alone.',
      severity: 'error',
      from: { pathNot: '^apps/console/' },
      to: { path: '^apps/console/' },
    },
    {
      name: 'browser-packages-stay-in-the-console',
      comment: 'React and its kin are not part of a server.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^apps/console/' },
      to: { path: '^node_modules/(react|react-dom|@base-ui|@tanstack|lucide-react|valibot|vite)/' },
    },
    {
      name: 'libraries-know-no-app',
      comment: 'Libraries import no application.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'Production code never imports libs/testing or test/.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: TESTS },
      to: { path: '^(libs/testing|test)/' },
    },
    {
      name: 'production-imports-no-spec',
      comment: 'Specs and contract suites are not part of the build.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: TESTS },
      to: { path: '\\.(spec|contract)\\.ts$' },
    },
    {
      name: 'black-box-tests',
      comment: 'test/ speaks HTTP: it imports libs/testing at most, and nothing else of ours.',
      severity: 'error',
      from: { path: '^test/', pathNot: '^test/browser/' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/testing/' },
    },
    {
      name: 'browser-tests-see-the-gallery',
      comment:
        'test/browser/ looks at pages in a browser: besides HTTP it starts the gallery of sample pages, and nothing else.',
      severity: 'error',
      from: { path: '^test/browser/' },
      to: {
        path: '^(libs|apps)/',
        pathNot: '^(libs/testing/|apps/authorization-server/src/pages/samples/gallery\\.fixture\\.ts$)',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/console/dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};

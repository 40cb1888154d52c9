/** The build's compiler settings (.swcrc) once more, because jest resolves paths itself. */
const swc = {
  swcrc: false,
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^@valetkey/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Both projects need PostgreSQL; jest runs a set-up that they share once.
  globalSetup: '<rootDir>/test/jest-global-setup.mjs',
  globalTeardown: '<rootDir>/test/jest-global-teardown.mjs',
};

// ESM only but required (not imported), by light-my-request and @fastify/static: compiled to CommonJS for them.
const cookie = {
  transform: {
    '/node_modules/(cookie|content-disposition)/.+\\.js$': [
      '@swc/jest',
      { swcrc: false, module: { type: 'commonjs' } },
    ],
    ...shared.transform,
  },
  transformIgnorePatterns: ['/node_modules/(?!(.*/)?(cookie|content-disposition)/)'],
};

export default {
  coverageProvider: 'v8',
  // Of the whole run: jest does not read it from a project.
  testTimeout: 180_000,
  projects: [
    {
      ...shared,
      ...cookie,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
    // What takes time measures and decides no test: `npm run ux-goals`.
    { ...shared, displayName: 'ux-goals', testMatch: ['<rootDir>/test/ux-goals/*.ux-spec.ts'] },
  ],
};

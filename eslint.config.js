import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** A test file tells one story after the other, so it may be longer, and its `describe` as long as the file. */
const SIZES = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 50 }],
  complexity: ['error', { max: 10 }],
};
const TEST_SIZES = { 'max-lines': ['error', { max: 400 }], 'max-lines-per-function': 'off' };

/** `max-params` cannot tell a constructor from a function: a function has parameters, a constructor has dependencies. */
const PARAMETERS = [
  {
    selector: ':function[params.length>4]:not(MethodDefinition[kind="constructor"] > FunctionExpression)',
    message: 'A function has at most 4 parameters: take an object.',
  },
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>6]',
    message: 'A constructor has at most 6 dependencies: the class does too much.',
  },
];

const ENVIRONMENT = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'Only src/config reads the environment: take a typed setting.' },
  ],
};

const DATABASE_PACKAGES = {
  group: ['typeorm', 'typeorm/*', '@nestjs/typeorm', 'better-sqlite3', 'pg'],
  message: 'The database is reached only from a persistence/ folder.',
};
const HTTP_PACKAGES = {
  group: ['@nestjs/platform-*', '@nestjs/swagger', 'fastify', 'fastify/*', '@fastify/*', 'express', 'node:http'],
  message: 'Libraries know nothing of HTTP.',
};
const HTTP_NAMES = {
  group: ['@nestjs/common'],
  importNamePattern:
    '^(Controller|Get|Post|Put|Patch|Delete|Head|Options|All|Req|Request|Res|Response|Body|Query|Param|Headers?|Redirect' +
    '|Http.*|.*Exception|Catch|ArgumentsHost|ExecutionContext|CanActivate|Use[A-Z].*|Nest(Interceptor|Middleware)|MiddlewareConsumer|RequestMethod|ExceptionFilter)$',
  message: 'Libraries know nothing of HTTP.',
};

/** Imports are restricted per folder; a later block replaces an earlier one, so each names its whole list. */
const restricted = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [{ name: 'node:process', importNames: ['env'], message: 'Only src/config reads the environment.' }],
      patterns,
    },
  ],
});

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'apps/console/dist', 'data', 'coverage', 'test-output'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      ...SIZES,
      'no-restricted-syntax': ['error', ...PARAMETERS],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...ENVIRONMENT,
      ...restricted(DATABASE_PACKAGES),
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      // Leaves files with decorators alone: what a constructor injects must stay a value import (emitDecoratorMetadata).
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['libs/resource-server/**', 'libs/outbound/**', 'libs/testing/**', '**/*.spec.ts', '**/*.contract.ts'],
    rules: restricted(DATABASE_PACKAGES, HTTP_PACKAGES, HTTP_NAMES),
  },
  {
    files: ['libs/*/src/**/persistence/**/*.ts', 'libs/persistence/**/*.ts'],
    rules: restricted(HTTP_PACKAGES, HTTP_NAMES),
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'libs/testing/**', 'test/**/*.ts'],
    rules: { ...TEST_SIZES, ...restricted(), 'no-restricted-properties': 'off' },
  },
  { files: ['apps/console/src/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['apps/authorization-server/src/config/**/*.ts', 'apps/demo/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['**/migrations/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  prettier,
);

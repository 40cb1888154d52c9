import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATOR_STATES, STATES } from './states.js';

const FOLDER = join(process.cwd(), 'test/console');

it('G8, G14, G16, G19: every state of every screen is looked at', () => {
  const tests = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.e2e-spec.ts'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  expect([...STATES, ...OPERATOR_STATES].filter((state) => !tests.some((text) => text.includes(`'${state}'`)))).toEqual(
    [],
  );
});

it('G8: every screen of the routes is in the list', () => {
  const routes = readFileSync(join(process.cwd(), 'apps/console/src/owner/routes.ts'), 'utf8');
  const screens = [...routes.matchAll(/screens\/([\w-]+)\/[\w-]+\.screen\.js'\)/g)].map(([, name = '']) => name);
  expect(screens.length).toBeGreaterThan(10);
  const listed = new Set(STATES.map((state) => state.slice(0, state.indexOf(':')).replaceAll(' ', '-')));
  expect(screens.filter((name) => !listed.has(name))).toEqual([]);
});

it('G8: every screen of the operator’s routes is in the list', () => {
  const routes = readFileSync(join(process.cwd(), 'apps/console/src/operator/routes.ts'), 'utf8');
  const screens = [...routes.matchAll(/screens\/([\w-]+)\/[\w-]+\.screen\.js'\)/g)].map(([, name = '']) => name);
  expect(screens.length).toBeGreaterThan(0);
  const listed = new Set(
    OPERATOR_STATES.map((state) => state.slice('operator '.length, state.indexOf(':')).replaceAll(' ', '-')),
  );
  expect(screens.filter((name) => !listed.has(name))).toEqual([]);
});

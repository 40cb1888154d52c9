/**
 * `npm test`: everything that CI runs, each stage timed. All stages run even if one fails, except that nothing can be
 * tested without a build. The last line reads `N passed, N failed`: the tests, and as failed also every stage that is no
 * test run but failed.
 *
 * A test in a browser that passes at its second try counts as passed, and the summary names it as unsteady, to be mended.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { env, execPath, exit } from 'node:process';

import { secondTry } from './second-try.mjs';

const OUTPUT = 'test-output';
const JEST = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];

const ENVIRONMENT = { ...env, FORCE_COLOR: env.FORCE_COLOR ?? '0' };

/** A file in three of the e2e tests waits at any moment: for a lifetime to end, for a job, for a server to start. */
const CORES = availableParallelism();
const UNIT_WORKERS = CORES;
/** More would need more connections than the PostgreSQL of the tests has. */
const E2E_WORKERS = Math.min(Math.ceil(CORES * 1.5), 12);

/** @param {string} project @param {number} workers */
const jest = (project, workers) => [
  ...JEST,
  '--ci',
  '--selectProjects',
  project,
  '--maxWorkers',
  String(workers),
  '--json',
  `--outputFile=${reportOf(project)}`,
];
/** @param {string} project */
const reportOf = (project) => `${OUTPUT}/${project}.json`;

/** @type {{ name: string, args: string[], tests?: string }[]} `tests`: the jest project that reports its counts */
const STAGES = [
  { name: 'build', args: ['tools/build-server.mjs'] },
  { name: 'console', args: ['tools/build-console.mjs'] },
  { name: 'types', args: ['node_modules/tsc7/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types console', args: ['node_modules/tsc7/bin/tsc', '-p', 'apps/console/tsconfig.json'] },
  { name: 'types operator', args: ['node_modules/tsc7/bin/tsc', '-p', 'apps/console/src/operator/tsconfig.json'] },
  { name: 'eslint', args: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  { name: 'prettier', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  {
    name: 'imports',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'apps',
      'libs',
      'test',
    ],
  },
  { name: 'commits', args: ['tools/check-commits.mjs'] },
  { name: 'links', args: ['tools/check-links.mjs'] },
  { name: 'settings', args: ['tools/generate-settings.mjs', '--check'] },
  { name: 'conformance', args: ['tools/conformance-table.mjs', '--check'] },
  { name: 'unit', args: jest('unit', UNIT_WORKERS), tests: 'unit' },
  { name: 'e2e', args: jest('e2e', E2E_WORKERS), tests: 'e2e' },
];

/** @typedef {{ name: string, ok: boolean, seconds: number, passed: number, failed: number, unsteady?: string[] }} Outcome */

rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT);

/** @type {Outcome[]} */
const outcomes = [];
for (const stage of STAGES) {
  outcomes.push(run(stage));
  if (stage.name === 'build' && !outcomes[0].ok) break;
}
summarize();

/**
 * @param {(typeof STAGES)[number]} stage
 * @returns {Outcome}
 */
function run({ name, args, tests }) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync(execPath, args, { stdio: 'inherit', env: ENVIRONMENT });
  const counts = tests ? countsOf(reportOf(tests)) : { passed: 0, failed: 0 };
  const ok = status === 0;
  const unsteady =
    !ok && tests ? secondTry([...JEST, '--selectProjects', tests], reportOf(tests), counts.failed, ENVIRONMENT) : [];
  const seconds = (performance.now() - start) / 1000;
  if (unsteady.length > 0)
    return { name, ok: true, seconds, passed: counts.passed + counts.failed, failed: 0, unsteady };
  // A run that ended badly without a failed test (no report, a crash, a set-up that threw) is a failure too.
  return { name, ok, seconds, passed: counts.passed, failed: ok ? counts.failed : Math.max(counts.failed, 1) };
}

/**
 * @param {string} report jest's JSON
 * @returns {{ passed: number, failed: number }} a suite that could not run counts as one failed test
 */
function countsOf(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

function summarize() {
  console.log('\n── summary');
  for (const { name, ok, seconds, passed, failed } of outcomes) {
    const counts =
      passed + failed > 0 && (name === 'unit' || name === 'e2e') ? `  ${passed} passed, ${failed} failed` : '';
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s${counts}`);
  }
  for (const test of outcomes.flatMap(({ unsteady }) => unsteady ?? [])) console.log(`unsteady: ${test}`);
  const total = (/** @type {'passed' | 'failed'} */ count) =>
    outcomes.reduce((sum, outcome) => sum + outcome[count], 0);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  if (outcomes.some((outcome) => !outcome.ok) || total('failed') > 0) exit(1);
}

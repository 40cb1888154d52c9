/**
 * `npm run ux-goals`: measures the goals of the consoles and the pages without script, prints goal, target, measured and met, and writes
 * docs/ux-goals.md. It runs the browser tests, which count what people do and look at every state, and measures what takes time by
 * specs of its own; build first. Some fifteen minutes on two cores. `-- --only G12,G13` measures some and writes nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, version } from 'node:process';
import { markdownOf, rowsOf, wordOf } from './ux-goals/table.mjs';
import { format } from 'prettier';

const JEST = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
const PAGE = 'docs/ux-goals.md';
/** What counts and looks, in parallel; what takes time, one after the other and with the machine to itself. */
const RUNS = [
  {
    projects: ['unit', 'e2e'],
    paths: ['test/console', 'test/browser', 'libs/wording', 'apps/console'],
    workers: availableParallelism(),
  },
  { projects: ['ux-goals'], paths: ['test/ux-goals'], workers: 1 },
];

const only = argv.includes('--only') ? (argv[argv.indexOf('--only') + 1] ?? '').split(',') : undefined;
const folder = mkdtempSync(join(tmpdir(), 'valetkey-ux-goals-'));
const measuresFile = join(folder, 'measures.jsonl');
writeFileSync(measuresFile, '');

/** @type {import('./ux-goals/table.mjs').Test[]} */
const tests = RUNS.flatMap((run, index) => runTests(run, join(folder, `${index}.json`)));
const measures = readFileSync(measuresFile, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => /** @type {import('./ux-goals/goals.mjs').Measure} */ (JSON.parse(line)));
rmSync(folder, { recursive: true, force: true });

const rows = rowsOf(measures, tests).filter(({ id }) => only?.includes(id) ?? true);
for (const { id, title, target, measured, isMet } of rows)
  console.log(
    `${id.padEnd(4)} ${wordOf(isMet).replaceAll('*', '').padEnd(13)} ${title}\n     wanted: ${target}\n     is: ${measured}`,
  );
if (!only) {
  writeFileSync(PAGE, await format(page(), { parser: 'markdown', printWidth: 140 }));
  console.log(`\nwritten to ${PAGE}`);
}
if (rows.some(({ isMet }) => isMet === false)) exit(1);

/**
 * @param {(typeof RUNS)[number]} run
 * @param {string} report where jest writes its JSON
 */
function runTests({ projects, paths, workers }, report) {
  const chosen = only ? ['-t', `\\b(${only.join('|')})\\b`] : [];
  const options = ['--maxWorkers', String(workers), '--json', `--outputFile=${report}`, ...chosen];
  spawnSync(execPath, [...JEST, ...paths, '--selectProjects', ...projects, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...env, VALETKEY_UX_GOALS: measuresFile },
  });
  if (!existsSync(report)) throw new Error('The tests did not run');
  /** @type {{ testResults: { assertionResults: { fullName: string, status: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'pending')
    .map(({ fullName, status }) => ({ title: fullName, status }));
}

function page() {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `# How good the interfaces are

${new Date().toISOString().slice(0, 10)}; ${availableParallelism()} cores of ${cpu?.model ?? 'an unknown processor'}, ${memory} GiB of memory, Node ${version.slice(1)};
${Math.round(loadavg()[2])} processes ran or waited for a core in the last quarter of an hour (times, and what Lighthouse makes of them, mean something on an idle machine alone).

\`npm run ux-goals\` measures it on your machine and writes this page. Interactions are counted in Chromium on a running server; the
seconds of G1 to G3 are those of the keystroke-level model, not of people. What decides no test is printed here alone: G9, G12, G13, G15.

${markdownOf(rows)}
`;
}

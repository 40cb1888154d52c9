/**
 * `npm run bench`: measures the server beside oidc-provider, one core each, and prints the figures with their targets.
 *
 *   --rounds <n>    rounds, each in another order (3)
 *   --seconds <n>   length of one measurement (6)
 *   --only <group>  one group or several, by comma: ceiling opaque jwt introspection refresh rpt scale-sqlite scale-postgres footprint
 *   --quick         one round of three seconds, to see that everything works
 *   --ours          without the peers: for work on the server itself
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LOAD_CORE, stopEverything } from './machine/linux-process.mjs';
import { machineLine, requirePackages } from './machine/packages.mjs';
import { PostgresCluster } from './machine/postgres-cluster.mjs';
import { TOKENS_FOR_MEMORY, measureLoad, measureMemory, withSite } from './measurement.mjs';
import { contenderTable, footprintTable, targetTable } from './report.mjs';
import { FOOTPRINTS, GROUPS } from './rows.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORT = join(ROOT, 'bench', 'results', 'latest.md');

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    ours: { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds ?? (flags.quick ? 1 : 3));
const seconds = Number(flags.seconds ?? (flags.quick ? 3 : 6));
const settings = { seconds, warmUpSeconds: flags.quick ? 2 : 5 };
const chosen = flags.only?.split(',');
const isComplete = !chosen && !flags.ours && !flags.quick;

/** @param {string} id */
const isChosen = (id) => !chosen || chosen.includes(id);

/** @param {import('./contenders/contender.mjs').Contender} contender */
const isWanted = (contender) => !flags.ours || contender.name.startsWith('Valetkey');

/**
 * One group, all rounds. The order turns by one from round to round, so that no contender always follows the same one.
 * @param {import('./rows.mjs').Group} group
 * @param {import('./contenders/contender.mjs').Workspace} workspace
 * @param {import('./report.mjs').Figures} figures
 */
async function measureGroup(group, workspace, figures) {
  const cells = group.cells.filter((cell) => isWanted(cell.contender));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < cells.length; turn++) {
      const cell = cells[(round + turn) % cells.length];
      const measurement = await withSite(cell, workspace, (site) => measureLoad(site, settings));
      figures.set(cell.id, [...(figures.get(cell.id) ?? []), measurement]);
      const { rate, p99, cpu, share, disturbed, loadShare, wrong, sample } = measurement;
      console.error(
        `${cell.id.padEnd(44)} ${rate.toFixed(0).padStart(6)}/s  p99 ${p99.toFixed(1)} ms  CPU ${cpu.toFixed(3)} ms` +
          `  core ${(share * 100).toFixed(0)} %, others ${(disturbed * 100).toFixed(0)} %, load ${(loadShare * 100).toFixed(0)} %` +
          (wrong ? `  ${wrong} WRONG ANSWERS: ${sample}` : ''),
      );
    }
  }
}

/**
 * Start and memory of one contender.
 * @param {typeof FOOTPRINTS[number]} footprint
 * @param {import('./contenders/contender.mjs').Workspace} workspace
 * @returns {Promise<import('./report.mjs').Footprint>}
 */
async function measureFootprint({ contender, ...limits }, workspace) {
  const cell = { contender, work: /** @type {const} */ ('client-credentials-opaque') };
  return withSite(cell, workspace, async (site) => {
    const memory = await measureMemory(site);
    console.error(
      `${contender.name}: first answer after ${site.startMs.toFixed(0)} ms, ${memory.toFixed(0)} MB after ${TOKENS_FOR_MEMORY} tokens`,
    );
    return { name: contender.name, firstStartMs: site.startMs, memory, limits };
  });
}

/** @param {import('./report.mjs').Figures} figures @param {import('./report.mjs').Footprint[]} footprints */
function report(figures, footprints) {
  const parts = [
    `${machineLine()}. Server (and database server) on one core, wrk with 32 connections on the other; ${rounds} round${rounds === 1 ? '' : 's'} of ${seconds} s, medians.`,
    'A unit is a request; for ticket -> RPT and the code flow it is a pair of requests, whose p99 spans both.',
  ];
  if (figures.size > 0) parts.push(targetTable(GROUPS, figures), contenderTable(GROUPS, figures));
  if (footprints.length > 0) parts.push(footprintTable(footprints, TOKENS_FOR_MEMORY));
  return parts.join('\n\n');
}

/** Only a whole run becomes the last run. @param {string} text */
function save(text) {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `# Last run of the bench\n\n${text}\n`);
}

/** Everything, in a folder that is gone afterwards. */
async function main() {
  requirePackages();
  execFileSync('taskset', ['-cp', String(LOAD_CORE), String(process.pid)], { stdio: 'ignore' });
  if (!process.env.BENCH_BUILD && !existsSync(join(ROOT, 'dist')))
    execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-bench-'));
  chmodSync(folder, 0o711); // PostgreSQL's account has to reach its own folder
  try {
    const cluster = await PostgresCluster.start(folder);
    const workspace = { folder, shared: folder, cluster };
    const figures = new Map();
    for (const group of GROUPS.filter(({ id }) => isChosen(id))) await measureGroup(group, workspace, figures);
    const footprints = [];
    const wanted = isChosen('footprint') ? FOOTPRINTS.filter(({ contender }) => isWanted(contender)) : [];
    for (const footprint of wanted) footprints.push(await measureFootprint(footprint, workspace));
    const text = report(figures, footprints);
    console.log(text);
    if (isComplete) save(text);
    process.exitCode = [...figures.values()].flat().some(({ wrong }) => wrong > 0) ? 1 : 0;
  } finally {
    await stopEverything();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void stopEverything().then(() => process.exit(1)));
}
await main();

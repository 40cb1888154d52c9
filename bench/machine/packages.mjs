/** The programs of the machine that the bench needs, and facts about the machine for the report. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const POSTGRES_HOME = '/usr/lib/postgresql';

/** @param {string} program */
const onPath = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/**
 * The folder of PostgreSQL's own programs (Debian keeps them off the path); the newest version wins.
 * @returns {string | undefined} undefined when PostgreSQL is not installed
 */
export function postgresPrograms() {
  if (!existsSync(POSTGRES_HOME)) return undefined;
  const versions = readdirSync(POSTGRES_HOME).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => `${POSTGRES_HOME}/${version}/bin`).find((folder) => existsSync(`${folder}/initdb`));
}

/** @returns {string[]} Debian packages that are missing */
function missingPackages() {
  const missing = [];
  if (!onPath('taskset')) missing.push('util-linux');
  if (!onPath('wrk')) missing.push('wrk');
  if (!postgresPrograms()) missing.push('postgresql');
  return missing;
}

/**
 * Makes sure wrk, taskset and PostgreSQL are there: installs them where the bench may, else says what to install.
 * @throws {Error} with the command to run
 */
export function requirePackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { stdio: 'inherit', env });
  }
  const still = missingPackages();
  if (still.length > 0) throw new Error(`the bench needs: apt-get install ${still.join(' ')}`);
  if (cpus().length < 2) throw new Error('the bench needs two cores: one for the server, one for the load');
}

/** One line about the machine; names the kind of machine, never the machine. */
export function machineLine() {
  const kernel = cpus();
  const postgres = execFileSync(`${postgresPrograms()}/postgres`, ['--version'], { encoding: 'utf8' });
  return [
    `${kernel.length} cores of ${kernel[0]?.model.trim() ?? 'unknown'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB memory`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${/\d+(\.\d+)?/.exec(postgres)?.[0] ?? '?'}`,
  ].join(', ');
}

/**
 * A private PostgreSQL for one test run, on the binaries of this machine: a temporary folder, a free loopback port,
 * no password, no fsync (unless VALETKEY_TEST_FSYNC=on, for tests that kill PostgreSQL itself).
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.mjs';

const START_ATTEMPTS = 3;
const START_MS = 20_000;

/**
 * Runs PostgreSQL until its input closes: it ends with its parent, however that one ends, and leaves no folder behind.
 * $1 is the folder, the rest the command.
 */
const KEEPER = `
folder=$1; shift
trap '' INT
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
{ cat >/dev/null <&3; while kill -QUIT $server; do sleep 0.1; done; } 2>/dev/null & watcher=$!
exec 3<&-
wait $server; kill $watcher 2>/dev/null; cd /; rm -rf "$folder"`;

/** @returns {string | undefined} the folder of initdb and postgres */
function findPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const candidates = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
    ...(asked.status === 0 ? [asked.stdout.trim()] : []),
  ];
  return candidates.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** @returns {string} the folder of initdb and postgres, installed now if it must and may be */
function requirePrograms() {
  const found = findPrograms();
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.error('PostgreSQL is missing: installing it for the tests');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'postgresql'], {
      stdio: 'inherit',
      env,
    });
    const installed = findPrograms();
    if (installed) return installed;
  }
  throw new Error(
    'The tests need PostgreSQL. Install it (Debian: apt-get install postgresql), or name an empty server in VALETKEY_TEST_DATABASE_URL (postgres://user@host/database, with the right to create databases).',
  );
}

/** @returns {{ uid?: number, gid?: number }} PostgreSQL refuses to run as root, so root runs it as its own account */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const account = ['postgres', 'nobody'].find((name) => spawnSync('id', ['-u', name]).status === 0);
  if (!account) throw new Error('PostgreSQL cannot run as root, and there is no account "postgres" or "nobody"');
  const id = (/** @type {string} */ flag) => Number(execFileSync('id', [flag, account], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * @param {string} url
 * @param {() => boolean} alive
 * @returns {Promise<boolean>} whether the server accepts connections; false if it ended before
 */
async function accepts(url, alive) {
  const deadline = Date.now() + START_MS;
  while (alive() && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
  return false;
}

/**
 * @param {string} programs
 * @param {{ uid?: number, gid?: number }} account
 */
async function startOnce(programs, account) {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-postgres-'));
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initdb, { cwd: '/', stdio: ['ignore', 'ignore', 'inherit'], ...account });
  const port = await freePort();
  const durable = process.env.VALETKEY_TEST_FSYNC === 'on' ? 'on' : 'off';
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    max_connections: 300,
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = ['-c', KEEPER, 'postgres-keeper', folder, join(programs, 'postgres'), '-D', data, ...flags];
  const keeper = spawn('sh', command, { cwd: '/', stdio: ['pipe', 'ignore', 'pipe'], ...account });
  let output = '';
  keeper.stderr.on('data', (chunk) => (output = (output + chunk).slice(-4000)));
  const ended = new Promise((resolve) => keeper.once('exit', resolve));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    keeper.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  if (await accepts(url, () => keeper.exitCode === null)) return { url, stop };
  await stop();
  throw new Error(`PostgreSQL did not start:\n${output}`);
}

/**
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} a server that accepts connections
 * @throws {Error} saying what to do, if there is no PostgreSQL and none can be installed
 */
export async function startCluster() {
  const programs = requirePrograms();
  const account = unprivileged();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(programs, account);
    } catch (error) {
      // Somebody may have taken the free port in between.
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

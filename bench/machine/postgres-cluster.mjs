/** A private PostgreSQL cluster on the server's core, with the durability PostgreSQL has by default. */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, until } from './network.mjs';
import { postgresPrograms } from './packages.mjs';
import { SERVER_CORE, cpuOfFamily, startPinned, stop } from './linux-process.mjs';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  logging_collector: 'off',
};

/** PostgreSQL refuses to run as root, so root lends it the account that Debian's package made. */
const asRoot = process.getuid?.() === 0;

/** @param {string} name */
const numericId = (name) => Number(execFileSync('id', [name, 'postgres'], { encoding: 'utf8' }));

/** @param {string[]} command */
const unprivileged = (command) =>
  asRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', ...command] : command;

export class PostgresCluster {
  /**
   * @param {import('node:child_process').ChildProcess} server
   * @param {number} port
   */
  constructor(server, port) {
    this.server = server;
    this.port = port;
  }

  /**
   * @param {string} folder an existing folder the cluster may use
   * @returns {Promise<PostgresCluster>} a cluster that accepts connections
   */
  static async start(folder) {
    const data = join(folder, 'postgres');
    mkdirSync(data, { mode: 0o700 });
    if (asRoot) chownSync(data, numericId('-u'), numericId('-g'));
    const programs = postgresPrograms();
    const [program, ...rest] = unprivileged([
      `${programs}/initdb`,
      '-D',
      data,
      '-U',
      'bench',
      '--auth=trust',
      '-E',
      'UTF8',
      '--locale=C',
    ]);
    execFileSync(program, rest, { cwd: '/', stdio: 'pipe' });
    const port = await freePort();
    const settings = Object.entries({ ...SETTINGS, port, unix_socket_directories: data }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const server = startPinned(SERVER_CORE, unprivileged([`${programs}/postgres`, '-D', data, ...settings]), {
      cwd: '/',
    });
    const cluster = new PostgresCluster(server, port);
    await until(() => cluster.query('postgres', 'select 1'), { what: 'PostgreSQL', child: server });
    return cluster;
  }

  /** @param {string} database */
  url(database) {
    return `postgres://bench@127.0.0.1:${this.port}/${database}`;
  }

  /**
   * @param {string} database
   * @param {string} sql
   */
  async query(database, sql) {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /**
   * Makes an empty database, in place of an older one of that name.
   * @param {string} name
   * @returns {Promise<string>} its URL
   */
  async freshDatabase(name) {
    await this.query('postgres', `drop database if exists ${name} with (force)`);
    await this.query('postgres', `create database ${name}`);
    return this.url(name);
  }

  /** CPU time of the server and all its connections in milliseconds. */
  cpu() {
    return cpuOfFamily(/** @type {number} */ (this.server.pid));
  }

  async stop() {
    await stop(this.server);
  }
}

/** One installation of our server: its folder, its configuration, its commands and its running process. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, succeed, until } from '../machine/network.mjs';
import { SERVER_CORE, startPinned } from '../machine/linux-process.mjs';
import { CALLBACK, PERSONS, nameOf } from './code-flow-work.mjs';

/** BENCH_BUILD names another build than this repository's `dist`, so that two builds can be compared. */
const BUILD = process.env.BENCH_BUILD ?? fileURLToPath(new URL('../../dist', import.meta.url));
const PROGRAM = join(BUILD, 'server/main.js');
const run = promisify(execFile);

export const RESOURCE_SERVER = 'https://api.example';
export const OWNER = 'bench-owner';
export const SCOPE = 'view';
/** Of every person of the bench. */
export const PASSWORD = 'seven small boats at sea';
const UMA_TICKET = 'urn:ietf:params:oauth:grant-type:uma-ticket';

/** Clients of the installation; each has its secret in an environment variable. */
const CLIENTS = {
  'bench-client': { grant_types: ['client_credentials', 'refresh_token'], scopes: ['api'] },
  // no refresh token beside the RPT: the row is about tickets and RPTs, refresh has its own
  'bench-uma': { grant_types: [UMA_TICKET], scopes: ['view'] },
  'bench-jwt': { grant_types: ['client_credentials'], scopes: ['api'], access_token_format: 'jwt' },
  'bench-rs': { grant_types: ['client_credentials'], scopes: ['uma_protection'] },
  'bench-app': {
    grant_types: ['authorization_code'],
    scopes: ['openid', 'profile'],
    redirect_uris: [CALLBACK],
    id_token_signed_response_alg: 'ES256',
  },
  'bench-console': { grant_types: ['client_credentials'], scopes: ['authorizations', 'authorizations.write'] },
};

/** @typedef {keyof typeof CLIENTS} ClientId */

const variable = (/** @type {string} */ id) => `SECRET_OF_${id.replace('-', '_').toUpperCase()}`;

/**
 * @typedef {object} Instance
 * @property {string} origin
 * @property {string} configFile
 * @property {Record<ClientId, string>} secrets
 * @property {NodeJS.ProcessEnv} env
 * @property {'sqlite' | 'postgres'} storage
 * @property {string} database file or URL
 */

/**
 * Writes the configuration of a new installation.
 * @param {string} folder
 * @param {'sqlite' | 'postgres'} storage
 * @param {string} [url] of an empty PostgreSQL database
 * @returns {Promise<Instance>}
 */
export async function install(folder, storage, url) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const file = join(folder, 'valetkey.sqlite');
  const ids = /** @type {ClientId[]} */ (Object.keys(CLIENTS));
  const secrets = /** @type {Record<ClientId, string>} */ (
    Object.fromEntries(ids.map((id) => [id, randomBytes(32).toString('base64url')]))
  );
  const configuration = {
    issuer: origin,
    listen: { host: '127.0.0.1', port },
    data_directory: folder,
    database:
      storage === 'sqlite' ? { type: 'sqlite', path: file } : { type: 'postgres', url: { env: 'BENCH_DATABASE_URL' } },
    tokens: { access_token_lifetime: '12h', rpt_lifetime: '12h' },
    // the default of the server writes nothing for a request that succeeds; warnings still show
    log: { level: 'warn' },
    resource_servers: [{ client_id: 'bench-rs', resource: RESOURCE_SERVER, name: 'Bench service', scopes: ['api'] }],
    clients: ids.map((id) => ({
      client_id: id,
      name: id,
      type: 'confidential',
      secret: { env: variable(id) },
      audiences: [RESOURCE_SERVER],
      ...CLIENTS[id],
    })),
    accounts: [
      { id: OWNER, username: OWNER, name: 'Bench Owner' },
      ...Array.from({ length: PERSONS }, (_, person) => ({
        id: nameOf(person),
        username: nameOf(person),
        name: nameOf(person),
        password: { env: 'BENCH_PASSWORD' },
      })),
    ],
  };
  const configFile = join(folder, 'valetkey.yaml');
  writeFileSync(configFile, JSON.stringify(configuration)); // JSON is YAML
  const env = {
    NODE_ENV: 'production',
    BENCH_DATABASE_URL: url,
    BENCH_PASSWORD: PASSWORD,
    VALETKEY_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    ...Object.fromEntries(ids.map((id) => [variable(id), secrets[id]])),
  };
  return { origin, configFile, secrets, env, storage, database: url ?? file };
}

/**
 * Starts the server.
 * @param {Instance} instance
 */
export async function launch({ origin, configFile, env }) {
  const began = performance.now();
  const server = startPinned(
    SERVER_CORE,
    [process.execPath, ...profiling(), PROGRAM, 'serve', '--config', configFile],
    { env },
  );
  await until(() => succeed(`${origin}/health/ready`, { method: 'GET' }), { what: 'the server', child: server });
  return { server, startMs: performance.now() - began };
}

/** With BENCH_CPU_PROFILES=<folder>, each server leaves a CPU profile there when it ends. */
function profiling() {
  const folder = process.env.BENCH_CPU_PROFILES;
  return folder ? ['--cpu-prof', '--cpu-prof-dir', folder] : [];
}

/**
 * Authorizations the owner gives to a client, as `valetkey connect` makes them. On SQLite the server must not be running.
 * @param {Instance} instance
 * @param {{ client: ClientId, scope: string, count?: number }} wanted
 * @returns {Promise<{ access_token: string, refresh_token?: string }[]>}
 */
export async function connect({ configFile, env }, { client, scope, count = 1 }) {
  const words = [
    'connect',
    '--account',
    OWNER,
    '--client',
    client,
    '--scope',
    scope,
    '--count',
    String(count),
    '--config',
    configFile,
  ];
  const { stdout } = await run(process.execPath, [PROGRAM, ...words], {
    env: { ...process.env, ...env },
    maxBuffer: 64 * 2 ** 20,
  });
  const lines = stdout.split('\n').filter((line) => line.includes('"access_token"'));
  if (lines.length !== count) throw new Error(`connect answered ${lines.length} authorizations, not ${count}`);
  return lines.map((line) => JSON.parse(line));
}

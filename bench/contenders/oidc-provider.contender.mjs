/** The peer: oidc-provider with one of its storages. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { basic, freePort, succeed, until } from '../machine/network.mjs';
import { SERVER_CORE, cpuOf, startPinned, stop } from '../machine/linux-process.mjs';
import { codeFlowWork } from './code-flow-work.mjs';
import { REFRESH_FAMILIES, minter, tokenEndpointWork } from './token-endpoint-work.mjs';

const PROGRAM = fileURLToPath(new URL('../servers/oidc-provider.server.mjs', import.meta.url));

/** @typedef {'memory' | 'sqlite' | 'postgres'} Storage */

/**
 * @param {Storage} storage
 * @param {import('./contender.mjs').Workspace} workspace
 */
async function databaseFor(storage, { folder, cluster }) {
  return storage === 'postgres' ? cluster.freshDatabase('peer') : join(folder, 'peer.sqlite');
}

/**
 * @param {{ origin: string, folder: string, authorization: string }} site
 * @returns {import('./code-flow-work.mjs').FlowDialect}
 */
const flowDialectOf = ({ origin, folder, authorization }) => ({
  origin,
  folder,
  authorizePath: '/auth',
  tokenPath: '/token',
  userInfoPath: '/me',
  jwksPath: '/jwks',
  client: { id: 'bench', authorization },
  fillIn: ({ text }) => {
    throw new Error(`a page that nobody expects: ${text.slice(0, 400)}`);
  },
});

/**
 * @param {Storage} storage
 * @param {import('./contender.mjs').Work} work
 * @param {import('./contender.mjs').Workspace} workspace
 * @returns {Promise<import('./contender.mjs').Site>}
 */
async function open(storage, work, workspace) {
  const [port, secret] = [await freePort(), randomBytes(32).toString('base64url')];
  const refreshFile = join(workspace.folder, 'refresh');
  const env = {
    NODE_ENV: 'production',
    PORT: String(port),
    STORAGE: storage,
    DATABASE: await databaseFor(storage, workspace),
    CLIENT_SECRET: secret,
    ...(work === 'refresh' && { REFRESH_TOKENS: String(2 * REFRESH_FAMILIES + 1), REFRESH_FILE: refreshFile }),
  };
  const began = performance.now();
  const server = startPinned(SERVER_CORE, [process.execPath, PROGRAM], { env });
  const origin = `http://127.0.0.1:${port}`;
  await until(() => succeed(`${origin}/.well-known/openid-configuration`, { method: 'GET' }), {
    what: 'oidc-provider',
    child: server,
  });
  const startMs = performance.now() - began;
  const authorization = basic('bench', secret);
  /** @type {import('./token-endpoint-work.mjs').Dialect} */
  const dialect = {
    origin,
    folder: workspace.folder,
    tokenPath: '/token',
    introspectionPath: '/token/introspection',
    jwksPath: '/jwks',
    introspector: authorization,
    opaque: { authorization, body: 'grant_type=client_credentials&scope=api' },
    jwt: { authorization, body: 'grant_type=client_credentials&scope=api&resource=https%3A%2F%2Fapi.example' },
    ...(work === 'refresh' && { refresh: { authorization, tokens: readFileSync(refreshFile, 'utf8').split('\n') } }),
  };
  const pid = /** @type {number} */ (server.pid);
  return {
    pid,
    startMs,
    cpu: () => cpuOf(pid) + (storage === 'postgres' ? workspace.cluster.cpu() : 0),
    ...(work === 'code-flow' || work === 'user-info'
      ? await codeFlowWork(work, flowDialectOf({ origin, folder: workspace.folder, authorization }))
      : await tokenEndpointWork(work, dialect)),
    mint: minter(dialect),
    close: () => stop(server),
  };
}

/**
 * @param {Storage} storage
 * @returns {import('./contender.mjs').Contender}
 */
export const oidcProvider = (storage) => ({
  name: `oidc-provider, ${{ memory: 'in memory', sqlite: 'SQLite FULL', postgres: 'PostgreSQL' }[storage]}`,
  open: (work, workspace) => open(storage, work, workspace),
});

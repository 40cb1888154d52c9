/** Our server on one of its engines. */
import { join } from 'node:path';
import { basic } from '../machine/network.mjs';
import { cpuOf, stop } from '../machine/linux-process.mjs';
import { multiplyResources, registerResources } from './resource-seed.mjs';
import { ticketWork } from './ticket-work.mjs';
import { REFRESH_FAMILIES, minter, tokenEndpointWork } from './token-endpoint-work.mjs';
import { codeFlowWork, nameOf } from './code-flow-work.mjs';
import { duringSignIns } from './sign-in-load.mjs';
import { PASSWORD, RESOURCE_SERVER, connect, install, launch } from './valetkey.instance.mjs';

const RESOURCES = 100;

/** @typedef {'sqlite' | 'postgres'} Storage */
/** @typedef {import('./contender.mjs').Workspace} Workspace */
/** @typedef {import('./contender.mjs').Work} Work */
/** @typedef {import('./valetkey.instance.mjs').Instance} Instance */

/**
 * @param {Instance} instance
 * @param {string} folder
 * @returns {import('./token-endpoint-work.mjs').Dialect}
 */
function dialectOf({ origin, secrets }, folder) {
  const body = `grant_type=client_credentials&scope=api&resource=${encodeURIComponent(RESOURCE_SERVER)}`;
  return {
    origin,
    folder,
    tokenPath: '/token',
    introspectionPath: '/introspect',
    jwksPath: '/jwks',
    introspector: basic('bench-rs', secrets['bench-rs']),
    opaque: { authorization: basic('bench-client', secrets['bench-client']), body },
    jwt: { authorization: basic('bench-jwt', secrets['bench-jwt']), body },
  };
}

/**
 * @param {Instance} instance
 * @param {string} folder
 * @returns {import('./code-flow-work.mjs').FlowDialect}
 */
function flowDialectOf({ origin, secrets }, folder) {
  return {
    origin,
    folder,
    authorizePath: '/authorize',
    tokenPath: '/token',
    userInfoPath: '/userinfo',
    jwksPath: '/jwks',
    client: { id: 'bench-app', authorization: basic('bench-app', secrets['bench-app']) },
    fillIn: ({ text }, person) =>
      text.includes('name="password"')
        ? { action: '/sign-in', typed: { username: nameOf(person), password: PASSWORD } }
        : { action: '/decision', typed: { decision: 'allow' } },
  };
}

/**
 * The site of a running installation.
 * @param {{ instance: Instance, folder: string, cluster: Workspace['cluster'] }} place
 * @param {(dialect: import('./token-endpoint-work.mjs').Dialect) => Promise<Pick<import('./contender.mjs').Site, 'load' | 'check' | 'end'>>} prepare
 * @returns {Promise<import('./contender.mjs').Site>}
 */
async function running({ instance, folder, cluster }, prepare) {
  const { server, startMs } = await launch(instance);
  const pid = /** @type {number} */ (server.pid);
  const dialect = dialectOf(instance, folder);
  try {
    return {
      pid,
      startMs,
      cpu: () => cpuOf(pid) + (instance.storage === 'postgres' ? cluster.cpu() : 0),
      ...(await prepare(dialect)),
      mint: minter(dialect),
      close: () => stop(server),
    };
  } catch (fault) {
    await stop(server);
    throw fault;
  }
}

/** @param {Instance} instance */
async function ownersTokens(instance) {
  const [pat] = await connect(instance, { client: 'bench-rs', scope: 'uma_protection' });
  const [owner] = await connect(instance, { client: 'bench-console', scope: 'authorizations authorizations.write' });
  return { pat: pat.access_token, owner: owner.access_token };
}

/** @param {Instance} instance @param {Workspace} workspace */
async function openTickets(instance, { folder, cluster }) {
  const tokens = await ownersTokens(instance);
  return running({ instance, folder, cluster }, async ({ origin }) => {
    const ids = await registerResources(origin, tokens, RESOURCES);
    return ticketWork({
      origin,
      folder,
      pat: tokens.pat,
      authorization: basic('bench-uma', instance.secrets['bench-uma']),
      ids,
    });
  });
}

/** @param {Instance} instance @param {Workspace} workspace */
async function openRefresh(instance, { folder, cluster }) {
  const authorizations = await connect(instance, {
    client: 'bench-client',
    scope: 'api',
    count: 2 * REFRESH_FAMILIES + 1,
  });
  const tokens = authorizations.map((one) => one.refresh_token ?? 'missing');
  return running({ instance, folder, cluster }, (dialect) =>
    tokenEndpointWork('refresh', { ...dialect, refresh: { authorization: dialect.opaque.authorization, tokens } }),
  );
}

/** Seeded installations stay from round to round: a million rows need not be made again. */
const seeded = /** @type {Map<string, { instance: Instance, pat: string }>} */ (new Map());

/** @param {Storage} storage @param {number} count @param {Workspace} workspace */
async function seededInstallation(storage, count, { shared, cluster }) {
  const key = `seeded_${storage}_${count}`;
  const existing = seeded.get(key);
  if (existing) return existing;
  const folder = join(shared, key);
  const instance = await install(
    folder,
    storage,
    storage === 'postgres' ? await cluster.freshDatabase(key) : undefined,
  );
  const tokens = await ownersTokens(instance);
  const { server } = await launch(instance);
  await registerResources(instance.origin, tokens, 1).finally(() => stop(server));
  await multiplyResources(instance, count);
  const made = { instance, pat: tokens.pat };
  seeded.set(key, made);
  return made;
}

/** @param {Storage} storage @param {number} count @param {Workspace} workspace */
async function openSeeded(storage, count, workspace) {
  const { instance, pat } = await seededInstallation(storage, count, workspace);
  const { folder, cluster } = workspace;
  return running({ instance, folder, cluster }, async ({ origin }) =>
    ticketWork({
      origin,
      folder,
      pat,
      authorization: basic('bench-uma', instance.secrets['bench-uma']),
      seeded: count,
    }),
  );
}

/** @param {Storage} storage @param {Work} work @param {Workspace} workspace */
async function open(storage, work, workspace) {
  const size = /^ticket-to-rpt-(\d+)$/.exec(work);
  if (size) return openSeeded(storage, Number(size[1]), workspace);
  const { folder, cluster } = workspace;
  const instance = await install(
    folder,
    storage,
    storage === 'postgres' ? await cluster.freshDatabase('ours') : undefined,
  );
  if (work === 'ticket-to-rpt') return openTickets(instance, workspace);
  if (work === 'refresh') return openRefresh(instance, workspace);
  const flow = flowDialectOf(instance, folder);
  if (work === 'code-flow' || work === 'user-info') {
    return running({ instance, folder, cluster }, () => codeFlowWork(work, flow));
  }
  if (work === 'introspection-during-sign-ins') {
    return running({ instance, folder, cluster }, async (dialect) =>
      duringSignIns(await tokenEndpointWork('introspection', dialect), flow),
    );
  }
  return running({ instance, folder, cluster }, (dialect) => tokenEndpointWork(work, dialect));
}

/**
 * @param {Storage} storage
 * @returns {import('./contender.mjs').Contender}
 */
export const valetkey = (storage) => ({
  name: `Valetkey, ${{ sqlite: 'SQLite FULL', postgres: 'PostgreSQL' }[storage]}`,
  open: (work, workspace) => open(storage, work, workspace),
});

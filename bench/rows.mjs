/** What is measured, and what is asked of it. */
import { bare } from './contenders/bare.contender.mjs';
import { oidcProvider } from './contenders/oidc-provider.contender.mjs';
import { valetkey } from './contenders/valetkey.contender.mjs';

const OURS = { sqlite: valetkey('sqlite'), postgres: valetkey('postgres') };
const PEERS = { memory: oidcProvider('memory'), sqlite: oidcProvider('sqlite'), postgres: oidcProvider('postgres') };

/** @typedef {import('./contenders/contender.mjs').Work} Work */

/**
 * @typedef {object} Cell one contender at one work
 * @property {string} id unique
 * @property {import('./contenders/contender.mjs').Contender} contender
 * @property {Work} work
 */

/**
 * @typedef {object} Row a figure with its target
 * @property {string} ours id of a cell
 * @property {string} [peer] id of the cell it is compared with
 * @property {number} [factor] at least so many times the peer's rate
 * @property {number} [rate] at least so many units a second
 * @property {number} [p99] at most so many milliseconds
 * @property {number} [within] the rate is within this part of the peer's, either way
 */

/**
 * @typedef {object} Group cells that are measured in turns, so that their figures can be compared
 * @property {string} id
 * @property {string} title
 * @property {Cell[]} cells
 * @property {Row[]} rows
 */

/** @param {Work} work @param {Record<string, import('./contenders/contender.mjs').Contender>} contenders */
const cells = (work, contenders) =>
  Object.entries(contenders).map(([name, contender]) => ({ id: `${work}/${name}`, contender, work }));

/**
 * @param {{ id: string, title: string, work: Work, inMemory: number, inSqlite?: number, ceiling?: boolean }} kind
 * @returns {Group}
 */
function againstPeers({ id, title, work, inMemory, inSqlite, ceiling = true }) {
  const contenders = {
    'valetkey-sqlite': OURS.sqlite,
    'peer-memory': PEERS.memory,
    'valetkey-postgres': OURS.postgres,
    'peer-postgres': PEERS.postgres,
    'peer-sqlite': PEERS.sqlite,
    ...(ceiling && { bare }),
  };
  return {
    id,
    title,
    cells: cells(work, contenders),
    rows: [
      { ours: `${work}/valetkey-sqlite`, peer: `${work}/peer-memory`, factor: inMemory },
      ...(inSqlite ? [{ ours: `${work}/valetkey-sqlite`, peer: `${work}/peer-sqlite`, factor: inSqlite }] : []),
      { ours: `${work}/valetkey-postgres`, peer: `${work}/peer-postgres`, factor: 2 },
    ],
  };
}

/** @type {Work[]} */
const SIZES = ['ticket-to-rpt-10000', 'ticket-to-rpt-100000', 'ticket-to-rpt-1000000'];

/** @param {'sqlite' | 'postgres'} engine @returns {Group} */
function scale(engine) {
  const id = (/** @type {Work} */ work) => `${work}/valetkey-${engine}`;
  return {
    id: `scale-${engine}`,
    title: 'ticket -> RPT by number of resources and policies',
    cells: SIZES.map((work) => ({ id: id(work), contender: OURS[engine], work })),
    rows: SIZES.slice(1).map((work) => ({ ours: id(work), peer: id(SIZES[0]), within: 0.2 })),
  };
}

/** @type {Group[]} */
export const GROUPS = [
  { id: 'ceiling', title: 'form POST', cells: [{ id: 'form/bare', contender: bare, work: 'form' }], rows: [] },
  againstPeers({ id: 'opaque', title: 'client_credentials, opaque', work: 'client-credentials-opaque', inMemory: 2 }),
  againstPeers({ id: 'jwt', title: 'client_credentials, ES256 JWT', work: 'client-credentials-jwt', inMemory: 2 }),
  againstPeers({ id: 'introspection', title: 'introspection', work: 'introspection', inMemory: 2.5 }),
  againstPeers({ id: 'refresh', title: 'refresh rotation', work: 'refresh', inMemory: 2, inSqlite: 5, ceiling: false }),
  againstPeers({
    id: 'code-flow',
    title: 'authorization code flow (two requests), ID token',
    work: 'code-flow',
    inMemory: 2,
    ceiling: false,
  }),
  againstPeers({ id: 'user-info', title: 'UserInfo', work: 'user-info', inMemory: 2, ceiling: false }),
  {
    id: 'sign-ins',
    title: 'introspection while 20 people sign in each second',
    cells: cells('introspection-during-sign-ins', { 'valetkey-sqlite': OURS.sqlite }),
    rows: [{ ours: 'introspection-during-sign-ins/valetkey-sqlite', rate: 1, p99: 25 }],
  },
  {
    id: 'rpt',
    title: 'ticket -> RPT (two requests)',
    cells: cells('ticket-to-rpt', { 'valetkey-sqlite': OURS.sqlite, 'valetkey-postgres': OURS.postgres }),
    rows: [{ ours: 'ticket-to-rpt/valetkey-sqlite', rate: 3000, p99: 25 }],
  },
  scale('sqlite'),
  scale('postgres'),
];

/** Contenders whose start and memory are looked at, with the limits for ours. */
export const FOOTPRINTS = [
  { contender: OURS.sqlite, startMs: 2000, megabytes: 250 },
  { contender: OURS.postgres, startMs: 2000, megabytes: 250 },
  { contender: PEERS.memory },
];

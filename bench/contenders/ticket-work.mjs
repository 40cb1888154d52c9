/** Permission ticket -> RPT: its load, and the proof that the RPT is worth what it says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchange, succeed } from '../machine/network.mjs';
import { bearer } from './resource-seed.mjs';
import { SCOPE } from './valetkey.instance.mjs';

const PERMISSION_PATH = '/uma/permission';
const TOKEN_PATH = '/token';
const UMA_TICKET = 'urn:ietf:params:oauth:grant-type:uma-ticket';

/**
 * @typedef {object} TicketSite
 * @property {string} origin
 * @property {string} folder
 * @property {string} pat of the owner at the resource server
 * @property {string} authorization header of the client
 * @property {string[]} [ids] resources to draw from
 * @property {number} [seeded] number of seeded resources to draw from instead
 */

/** @param {TicketSite} site @param {string} resource */
async function ticketFor({ origin, pat }, resource) {
  const answer = await succeed(origin + PERMISSION_PATH, {
    headers: bearer(pat),
    json: { resource_id: resource, resource_scopes: [SCOPE] },
  });
  return answer.ticket;
}

/** @param {TicketSite} site @param {string} resource */
async function check(site, resource) {
  const { origin, authorization, pat } = site;
  const form = { grant_type: UMA_TICKET, ticket: await ticketFor(site, resource) };
  const { access_token: rpt } = await succeed(origin + TOKEN_PATH, { headers: { authorization }, form });
  const seen = await succeed(`${origin}/introspect`, { headers: bearer(pat), form: { token: rpt } });
  const permission = seen.permissions?.find(
    (/** @type {{ resource_id: string }} */ one) => one.resource_id === resource,
  );
  if (!seen.active || !permission?.resource_scopes.includes(SCOPE))
    throw new Error(`the RPT does not permit what was asked: ${JSON.stringify(seen)}`);
  const again = await exchange(origin + TOKEN_PATH, { headers: { authorization }, form });
  if (again.status !== 400) throw new Error(`a used ticket was answered with ${again.status}`);
}

/** Id of a seeded resource, as resource-seed.mjs makes it. */
function seededId(/** @type {number} */ n) {
  return `${((n * 2654435761) % 4294967296).toString(16).padStart(8, '0')}-bench-${String(n).padStart(7, '0')}`;
}

/**
 * @param {TicketSite} site
 * @returns {Pick<import('./contender.mjs').Site, 'load' | 'check'>}
 */
export function ticketWork(site) {
  const { origin, folder, pat, authorization, ids, seeded } = site;
  const file = join(folder, 'resources');
  if (ids) writeFileSync(file, ids.join('\n'));
  const env = {
    PERMISSION_PATH,
    TOKEN_PATH,
    PAT: pat,
    AUTHORIZATION: authorization,
    SCOPE,
    ...(ids ? { IDS_FILE: file } : { RESOURCES: String(seeded) }),
  };
  return {
    load: () => ({ script: 'ticket-to-rpt', url: `${origin}/`, env, threadPerConnection: true }),
    check: () => check(site, ids?.[0] ?? seededId(1 + Math.floor(Math.random() * (seeded ?? 1)))),
  };
}

import { setTimeout as wait } from 'node:timers/promises';

import { everyPage } from '../owner-api/owners.js';
import { clientOf } from '../support/client.js';
import type { Server } from '../support/server.js';
import { ownerApi, protectionApi, textMember } from '../support/uma.js';

/** What the server said is done: it must be so after any crash. */
export interface Acknowledged {
  readonly tokens: string[];
  readonly tickets: string[];
  readonly policies: string[];
  readonly revoked: string[];
  /** Tokens whose revocation was sent, and never answered: they are there, revoked or not. */
  readonly maybeRevoked: string[];
}

export const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];

interface Load {
  /** Resolves when some of everything was acknowledged. */
  isUnderWay(): Promise<void>;
  /** Ends the load. @returns all that was acknowledged */
  stop(): Promise<Acknowledged>;
}

/** So many questions at a time, when all is looked at. */
const AT_ONCE = 16;
const PAGE = 200;
const LOGGED_MS = 5_000;
/** So many of each kind are worth a crash. */
const ENOUGH = 5;
const UNDER_WAY_MS = 10_000;

const nothingYet = (): Acknowledged => ({ tokens: [], tickets: [], policies: [], revoked: [], maybeRevoked: [] });

/**
 * Asks for tokens, tickets, policies and revocations as fast as it can, until `stop`. Requests that fail are no one's: only
 * what was answered counts.
 */
export async function startLoad(server: Server): Promise<Load> {
  const pat = protectionApi(server, server.connections[0]?.access_token ?? '');
  const owner = ownerApi(server, server.connections[1]?.access_token ?? '');
  const shop = clientOf(server, 'print-shop');
  const done = nothingYet();
  const newToken = async () => textMember(await shop.clientCredentials({ scope: 'photos.read' }), 200, 'access_token');
  const resourceId = await pat.register({ resource_scopes: ['view'] });
  const policy = { resource_id: resourceId, subject: { type: 'anyone' }, scopes: ['view'] };
  const work = [
    async () => void done.tokens.push(await newToken()),
    async () => void done.tickets.push(await pat.ticket({ resource_id: resourceId, resource_scopes: ['view'] })),
    async () => void done.policies.push(await owner.share(policy)),
    async () => {
      const token = await newToken();
      const answer = await shop.revoke(token).catch(() => undefined);
      (answer?.status === 200 ? done.revoked : done.maybeRevoked).push(token);
    },
  ];
  let isOver = false;
  const worker = async (job: () => Promise<void>) => {
    while (!isOver) await job().catch(() => wait(10));
  };
  const workers = [...work, ...work].map(worker);
  const stop = async () => {
    isOver = true;
    await Promise.all(workers);
    return done;
  };
  const isUnderWay = async () => {
    const deadline = Date.now() + UNDER_WAY_MS;
    while (least(done) < ENOUGH && Date.now() < deadline) await wait(5);
  };
  return { isUnderWay, stop };
}

/**
 * Looks at all that was acknowledged. A revoked token and a lost one get the same answer: that each of them is known, and was
 * revoked, says the log.
 * @returns what is lost; empty when all is well
 */
export async function lost(server: Server, done: Acknowledged): Promise<string[]> {
  const shop = clientOf(server, 'print-shop');
  const owner = ownerApi(server, server.connections[1]?.access_token ?? '');
  const logged = server.log().length;
  const inactive: string[] = [];
  const isActive = async (token: string) => {
    const { active } = (await shop.introspect(token)).json();
    if (active === false) inactive.push(token);
    return active;
  };
  const policies = new Set((await everyPage<{ id: string }>(owner, 'policies?', PAGE)).map(({ id }) => id));
  const missing = [
    ...(await failing('token', done.tokens, async (token) => (await isActive(token)) === true)),
    ...(await failing('revocation', done.revoked, async (token) => (await isActive(token)) === false)),
    ...(await failing('token', done.maybeRevoked, async (token) => typeof (await isActive(token)) === 'boolean')),
    ...(await failing('policy', done.policies, async (id) => policies.has(id))),
    // A ticket that exists leads to a question about the person; an unknown one is invalid.
    ...(await failing('ticket', done.tickets, async (ticket) => (await shop.rpt(ticket)).json().error === 'need_info')),
  ];
  const reasons = await reasonsSince(server, logged, inactive.length);
  return [...missing, ...reasons.filter((reason) => reason !== 'revoked').map((reason) => `token lost: ${reason}`)];
}

/** One entry for each value that does not pass. */
async function failing(
  kind: string,
  values: readonly string[],
  passes: (value: string) => Promise<boolean>,
): Promise<string[]> {
  const failed: string[] = [];
  for (let from = 0; from < values.length; from += AT_ONCE) {
    const passed = await Promise.all(values.slice(from, from + AT_ONCE).map(passes));
    failed.push(...passed.filter((one) => !one).map(() => `${kind} lost`));
  }
  return failed;
}

/** Why introspection found tokens inactive, as the log says since then; throws when there are not as many lines as answers. */
async function reasonsSince(server: Server, logged: number, answers: number): Promise<string[]> {
  for (const deadline = Date.now() + LOGGED_MS; ; await wait(20)) {
    const reasons = server
      .log()
      .slice(logged)
      .split('\n')
      .filter((line) => line.includes('"audit":"introspection"') && line.endsWith('}'))
      .map((line) => (JSON.parse(line) as { reason: string }).reason);
    if (reasons.length === answers) return reasons;
    if (Date.now() > deadline) throw new Error(`${answers} inactive answers, ${reasons.length} lines in the log`);
  }
}

/** How much of the least frequent kind there is: a crash that hit nothing proves nothing. */
export const least = ({ tokens, tickets, policies, revoked }: Acknowledged): number =>
  Math.min(...[tokens, tickets, policies, revoked].map((list) => list.length));

import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import type { Server } from '../support/server.js';
import { ownerApi, protectionApi, textMember } from '../support/uma.js';

/** What the server said is done: it must be so after any crash. */
export interface Acknowledged {
  readonly tokens: string[];
  readonly tickets: string[];
  readonly policies: string[];
  readonly revoked: string[];
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

/** How much of each kind is looked at after a crash: the youngest, which are at risk. */
const LOOKED_AT = 12;
/** So many of each kind are worth a crash. */
const ENOUGH = 5;
const UNDER_WAY_MS = 10_000;

const nothingYet = (): Acknowledged => ({ tokens: [], tickets: [], policies: [], revoked: [] });

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
      const answer = await shop.revoke(token);
      if (answer.status === 200) done.revoked.push(token);
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

/** Looks at the youngest of what was acknowledged. @returns what is lost; empty when all is well */
export async function lost(server: Server, done: Acknowledged): Promise<string[]> {
  const shop = clientOf(server, 'print-shop');
  const owner = ownerApi(server, server.connections[1]?.access_token ?? '');
  const checks: [string, readonly string[], (value: string) => Promise<boolean>][] = [
    ['token', done.tokens, async (token) => (await shop.introspect(token)).json().active === true],
    ['revocation', done.revoked, async (token) => (await shop.introspect(token)).json().active === false],
    ['policy', done.policies, async (id) => (await owner.get(`policies/${id}`)).status === 200],
    // A ticket that exists leads to a question about the person; an unknown one is invalid.
    ['ticket', done.tickets, async (ticket) => (await shop.rpt(ticket)).json().error === 'need_info'],
  ];
  const found = checks.map(async ([kind, values, isThere]) => {
    const looked = await Promise.all(values.slice(-LOOKED_AT).map(isThere));
    return looked.filter((there) => !there).map(() => `${kind} lost`);
  });
  return (await Promise.all(found)).flat();
}

/** How much of the least frequent kind there is: a crash that hit nothing proves nothing. */
export const least = (done: Acknowledged): number =>
  Math.min(...Object.values(done).map((list: readonly string[]) => list.length));

import { setTimeout as wait } from 'node:timers/promises';

import type { JSONWebKeySet } from 'jose';

import type { Server } from './server.js';

/** The keys that the server publishes now. */
export async function publishedKeys({ http }: Server): Promise<JSONWebKeySet> {
  return (await http.get('/jwks')).json() as unknown as JSONWebKeySet;
}

/** The same, once every algorithm has a successor to its signing key: those are made shortly after the first start. */
export async function keysWithSuccessors(server: Server): Promise<JSONWebKeySet> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(50)) {
    const jwks = await publishedKeys(server);
    const algorithms = jwks.keys.map((key) => key.alg);
    if (algorithms.every((one) => algorithms.filter((other) => other === one).length > 1)) return jwks;
  }
  throw new Error('A signing key has no successor');
}

import type { Socket } from 'node:net';
import type { Duration } from '@valetkey/kernel';
import type pg from 'pg';

/** The part of a client that its typings do not show: the socket, or the TLS connection on it. */
interface OnSocket {
  readonly connection?: { readonly stream?: Socket };
}

/**
 * Ends every connection of a pool that is at work and on which nothing has come or gone for so long: the network or the
 * machine behind it has stopped, and the engine's own time-outs cannot be heard. What was asked on it fails, nothing is
 * known of what became of it, and the pool makes another connection when one is needed. Costs a query nothing: the socket
 * keeps the time itself. Call it before the pool is used.
 */
export function endSilentConnections(pool: pg.Pool, after: Duration): void {
  const atWork = new WeakSet<pg.PoolClient>();
  pool.on('connect', (client) => {
    const stream = (client as unknown as OnSocket).connection?.stream;
    if (!stream) return;
    stream.setTimeout(after);
    stream.on('timeout', () => {
      // One that waits in the pool may be silent.
      if (atWork.has(client)) stream.destroy(new Error(`no answer from the database for ${after} ms`));
    });
  });
  pool.on('acquire', (client) => atWork.add(client));
  pool.on('release', (_error, client) => atWork.delete(client));
}

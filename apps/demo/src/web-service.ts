import type { FastifyInstance } from 'fastify';

/** Stops a demo program when it is told to: no new requests, those under way are finished. */
export function stopOnSignal(close: () => Promise<unknown>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

/** Listens on this machine only, answers `/health`, and stops when told to. */
export async function serve(app: FastifyInstance, port: number): Promise<void> {
  app.get('/health', () => ({ status: 'ok' }));
  stopOnSignal(() => app.close());
  await app.listen({ host: '127.0.0.1', port });
}

import { freePort } from './free-port.mjs';
import { httpFor } from './http.js';
import type { Server } from './server.js';
import { ServerProcess } from './server-process.js';

/** Another server on the same database and settings, behind the same issuer. */
export interface SecondServer {
  /** The first one as it is reached here; what else it can do (commands, log, end) is the first one's. */
  readonly server: Server;
  stop(): Promise<unknown>;
}

/** @param first - on PostgreSQL: an embedded database has one server */
export async function startSecond(first: Server): Promise<SecondServer> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = { VALETKEY_LISTEN_PORT: String(port) };
  const running = new ServerProcess(address, ['serve', '--config', `${first.directory}/valetkey.yaml`], env);
  await running.start();
  return { server: { ...first, port, http: httpFor(address) }, stop: () => running.kill('SIGTERM') };
}

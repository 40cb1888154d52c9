import { createDatabase } from './postgres.js';
import { type Server, type ServerOptions, startServer } from './server.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

/** A server on a PostgreSQL database that a test can take away from it. */
export interface ServerBehindProxy {
  readonly server: Server;
  readonly proxy: TcpProxy;
  /** URL of the database itself, past the proxy. */
  readonly databaseUrl: string;
  /** The access token of alice at the photo service, and that of her owner app. */
  readonly protectionToken: string;
  readonly ownerToken: string;
  dispose(): Promise<void>;
}

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];

/** Starts a server that reaches its database through a proxy only. What was begun is undone when something fails. */
export async function startBehindProxy({ config }: Pick<ServerOptions, 'config'> = {}): Promise<ServerBehindProxy> {
  const undo: (() => Promise<unknown>)[] = [];
  const dispose = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = await createDatabase();
    undo.push(() => database.drop());
    const url = new URL(database.url);
    const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    undo.push(() => proxy.close());
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    const env = { VALETKEY_DATABASE_URL: url.href };
    // The settings are those for PostgreSQL; the address in the environment outranks the one in them.
    const server = await startServer({ engine: 'postgres', env, connections: CONNECTIONS, ...(config && { config }) });
    undo.push(() => server.dispose());
    // A stalled connection would keep the server from stopping.
    undo.push(async () => proxy.resume());
    const [protectionToken = '', ownerToken = ''] = server.connections.map((connection) => connection.access_token);
    return { server, proxy, databaseUrl: database.url, protectionToken, ownerToken, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

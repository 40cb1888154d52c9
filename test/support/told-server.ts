import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server elsewhere: answers what a test tells it, and counts how often it was asked. */
export interface ToldServer {
  readonly server: Server;
  readonly address: string;
  say(body: string): void;
  /** From now on it sends everybody on. */
  lead(location: string): void;
  visits(): number;
}

/** Starts one on a free port of the loopback; close its `server`. */
export async function toldServer(): Promise<ToldServer> {
  let [text, visits] = ['{}', 0];
  let location: string | undefined;
  const server = createServer((_request, response) => {
    visits += 1;
    if (location === undefined) response.setHeader('content-type', 'application/json').end(text);
    else response.writeHead(302, { location }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    server,
    address,
    say: (body) => void (text = body),
    lead: (to) => void (location = to),
    visits: () => visits,
  };
}

import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';

/** Stands between a program and its database, so that a test can take the database away and give it back. */
export interface TcpProxy {
  readonly port: number;
  /** Ends every connection and accepts no more. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Keeps connections and takes new ones, but passes nothing on in either direction, until `resume`. */
  stall(): void;
  resume(): void;
  close(): Promise<void>;
}

/** @param target where connections go to */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let isStalled = false;
  const server = createServer((incoming) => {
    const outgoing = connect(target);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => (open.delete(socket), other.destroy()));
      socket.on('data', (chunk) => other.write(chunk));
      socket.on('end', () => other.end());
      if (isStalled) socket.pause();
    }
  });
  const port = await listen(server, 0);
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  const flow = (stalled: boolean) => {
    isStalled = stalled;
    for (const socket of open)
      if (stalled) socket.pause();
      else socket.resume();
  };
  return {
    port,
    cut,
    restore: async () => void (await listen(server, port)),
    stall: () => flow(true),
    resume: () => flow(false),
    close: cut,
  };
}

async function listen(server: TcpServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

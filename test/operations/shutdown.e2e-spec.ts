import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { basic, encodeForm } from '../support/http.js';
import type { Server } from '../support/server.js';

const FORM = encodeForm({ grant_type: 'client_credentials', scope: 'photos.read' });
const IN_FLIGHT = 50;
/** In which heads reach the server. */
const ARRIVE_MS = 1_000;

/** A request whose head has arrived and whose body is still on its way. */
async function begin({ port, world }: Server): Promise<Socket> {
  const { clientId, secret = '' } = world.clients['print-shop'];
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  const head = [
    'POST /token HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    `authorization: ${basic(clientId, secret)}`,
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${FORM.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${FORM.slice(0, 5)}`);
  return socket;
}

async function finish(socket: Socket): Promise<{ status: number; token: string }> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.write(FORM.slice(5));
  await once(socket, 'close');
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  return { status: Number(status), token: /"access_token":"([^"]+)"/.exec(text)?.[1] ?? text };
}

describeServer('graceful shutdown', { config: { http: { shutdown_timeout: '4s' } } }, (server) => {
  const areActive = async (tokens: readonly string[]) => {
    const answers = await Promise.all(tokens.map((token) => clientOf(server(), 'print-shop').introspect(token)));
    return answers.every((answer) => answer.json().active === true);
  };

  it('answers every accepted request of 50, takes no new one, ends with 0, and keeps what it answered', async () => {
    const sockets = await Promise.all(Array.from({ length: IN_FLIGHT }, () => begin(server())));
    await wait(ARRIVE_MS);
    const stopped = server().stop();
    const knock = () =>
      server()
        .http.get('/health/live')
        .then(() => '', String);
    expect(await eventually(knock, Boolean)).toMatch(/ECONNREFUSED|ECONNRESET|socket hang up/);
    const answers = await Promise.all(sockets.map(finish));
    expect(answers.map(({ status }) => status)).toEqual(Array(IN_FLIGHT).fill(200));
    expect(await stopped).toBe(0);
    await server().restart();
    expect(await areActive(answers.map(({ token }) => token))).toBe(true);
  });

  it('under load answers nothing but success, and every token it answered lives after the restart', async () => {
    const tokens: string[] = [];
    const statuses = new Set<number>();
    let isStopped = false;
    const client = async () => {
      while (!isStopped) {
        // A connection that was never accepted is no request; the client asks elsewhere.
        const answer = await clientOf(server(), 'print-shop')
          .clientCredentials({ scope: 'photos.read' })
          .catch(() => undefined);
        if (answer) statuses.add(answer.status);
        if (answer?.status === 200) tokens.push(String(answer.json().access_token));
      }
    };
    const clients = Array.from({ length: 10 }, client);
    await eventually(
      async () => tokens.length,
      (count) => count > 20,
    );
    expect(await server().stop()).toBe(0);
    isStopped = true;
    await Promise.all(clients);
    await server().restart();
    expect([...statuses]).toEqual([200]);
    expect(tokens.length).toBeGreaterThan(20);
    expect(await areActive(tokens)).toBe(true);
  });

  it('ends hard when a request hangs longer than it waits', async () => {
    const socket = await begin(server());
    socket.on('error', () => undefined);
    await wait(ARRIVE_MS);
    const began = Date.now();
    expect(await server().stop()).toBe(1);
    expect(Date.now() - began).toBeLessThan(12_000);
    socket.destroy();
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { basic, encodeForm } from '../support/http.js';
import type { Server } from '../support/server.js';

const FORM = encodeForm({ grant_type: 'client_credentials', scope: 'photos.read' });
const ANSWER_MS = 5_000;

/** Everything that comes back for these bytes until the server closes or falls silent. */
async function exchange({ port }: Server, bytes: string | Buffer): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  const isClosed = await Promise.race([closed(socket).then(() => true), wait(ANSWER_MS, false)]);
  socket.destroy();
  return isClosed ? text : `${text}\n(open)`;
}

/** When the connection is over, by whichever side and however. */
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));

const statusesOf = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]));

describeServer('HTTP as bytes', { engines: ONE_ENGINE }, (server) => {
  const authorization = () => {
    const { clientId, secret = '' } = server().world.clients['print-shop'];
    return basic(clientId, secret);
  };
  const head = (...lines: readonly string[]) =>
    [
      'POST /token HTTP/1.1',
      `host: 127.0.0.1:${server().port}`,
      `authorization: ${authorization()}`,
      'content-type: application/x-www-form-urlencoded',
      ...lines,
      '',
      '',
    ].join('\r\n');
  /** A second request, hidden where a careless parser would find one. */
  const hidden = () => `GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;

  it('takes an honest request of this form', async () => {
    const text = await exchange(server(), head(`content-length: ${FORM.length}`, 'connection: close') + FORM);
    expect(statusesOf(text)).toEqual([200]);
    expect(text).toContain('"access_token":"vk_at_');
  });

  describe('request smuggling (attack class 76)', () => {
    const chunked = `${FORM.length.toString(16)}\r\n${FORM}\r\n0\r\n\r\n`;
    it.each<[string, readonly string[], string]>([
      ['two lengths', [`content-length: ${FORM.length}`, `content-length: ${FORM.length + 5}`], FORM],
      ['one length twice', [`content-length: ${FORM.length}, ${FORM.length}`], FORM],
      ['a length and chunks', ['content-length: 5', 'transfer-encoding: chunked'], chunked],
      ['chunks and a length', ['transfer-encoding: chunked', `content-length: ${chunked.length}`], chunked],
      ['chunks twice', ['transfer-encoding: chunked', 'transfer-encoding: chunked'], chunked],
      ['an encoding that is unknown', ['transfer-encoding: xchunked'], chunked],
      ['chunks that are not last', ['transfer-encoding: chunked, identity'], chunked],
      ['a space before the colon', ['content-length : 5'], FORM],
      ['a folded header', ['x-a: b', ' content-length: 5', `content-length: ${FORM.length}`], FORM],
      ['a NUL in a header', ['x-a: b\0c', `content-length: ${FORM.length}`], FORM],
      ['a lone CR in a header', ['x-a: b\rcontent-length: 5', `content-length: ${FORM.length}`], FORM],
      ['a length that is no number', ['content-length: 0x10'], FORM],
      ['a length below nothing', ['content-length: -1'], FORM],
      ['a chunk size that is no number', ['transfer-encoding: chunked'], `zz\r\n${FORM}\r\n0\r\n\r\n`],
    ])('%s: 400, the connection is closed, and nothing behind it is answered', async (_what, lines, body) => {
      const text = await exchange(server(), head(...lines) + body + hidden());
      expect(statusesOf(text)).toEqual([400]);
      expect(text).not.toContain('access_token');
      expect(text).not.toContain('(open)');
      expect(text).not.toMatch(/"status":"live"/);
    });

    it('lines that end in LF alone give no second request', async () => {
      const text = await exchange(server(), head('content-length: 0').replaceAll('\r\n', '\n') + hidden());
      expect(statusesOf(text)).toEqual([400]);
    });

    it('an absolute address in the request line changes nothing', async () => {
      const request = `GET http://evil.example/.well-known/oauth-authorization-server HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n`;
      const text = await exchange(server(), request);
      expect(text).not.toContain('evil.example');
    });

    it.each([
      'CONNECT evil.example:443 HTTP/1.1',
      'GET / HTTP/0.9',
      'GET / HTTP/9.9',
      'PRI * HTTP/2.0',
      '\u0016\u0003\u0001',
    ])('answers %j with an error or nothing, and closes', async (line) => {
      const text = await exchange(server(), `${line}\r\nhost: evil.example\r\nconnection: close\r\n\r\n`);
      expect(statusesOf(text).every((status) => status >= 400 && status < 500)).toBe(true);
      expect(text).not.toContain('(open)');
    });
  });

  it.each(['gzip', 'deflate', 'br', 'gzip, gzip', 'identity, gzip'])(
    'inflates no body: content-encoding %s is refused (attack classes 54, 260)',
    async (encoding) => {
      const answer = await server().http.send({
        method: 'POST',
        path: '/token',
        headers: {
          authorization: authorization(),
          'content-type': 'application/x-www-form-urlencoded',
          'content-encoding': encoding,
        },
        body: gzipSync(`${FORM}&x=${'0'.repeat(1_000_000)}`),
      });
      expect([400, 415]).toContain(answer.status);
      expect(answer.json()).not.toHaveProperty('access_token');
    },
  );

  it('239 refuses headers beyond 16 KB with 431 and sets no cookie of its own', async () => {
    const cookies = Array.from({ length: 200 }, (_, index) => `c${index}=${'x'.repeat(100)}`).join('; ');
    const text = await exchange(server(), head(`cookie: ${cookies}`, `content-length: ${FORM.length}`) + FORM);
    expect(statusesOf(text)).toEqual([431]);
    const few = await exchange(
      server(),
      head('cookie: session=a; session=b', `content-length: ${FORM.length}`, 'connection: close') + FORM,
    );
    expect(statusesOf(few)).toEqual([200]);
    expect(few.toLowerCase()).not.toContain('set-cookie');
  });

  /** Headers that never end, a body that never ends, nothing at all. */
  const STARTS = [() => 'POST /token HTTP/1.1\r\nhost: x\r\nx-slow: ', () => head('content-length: 5000'), () => ''];

  it('266 others are served while 200 slow clients are on the line, which are sent away in time', async () => {
    const slow = await Promise.all(
      Array.from({ length: 200 }, async (_, index): Promise<Socket> => {
        const socket = connect({ host: '127.0.0.1', port: server().port });
        socket.on('error', () => undefined);
        // Somebody who does not read does not see the end either.
        socket.resume();
        await once(socket, 'connect');
        socket.write(STARTS[index % 3]?.() ?? '');
        return socket;
      }),
    );
    const [withHeaders = [], withBodies = [], silent = []] = [0, 1, 2].map((kind) =>
      slow.filter((_, index) => index % 3 === kind),
    );
    const dribble = setInterval(
      () => [...withHeaders, ...withBodies].forEach((socket) => socket.writable && socket.write('a')),
      500,
    );
    let answered = '';
    slow[0]?.setEncoding('utf8').on('data', (chunk: string) => (answered += chunk));
    try {
      for (let round = 0; round < 5; round += 1) {
        const began = Date.now();
        const answer = await server().http.send({
          method: 'POST',
          path: '/token',
          headers: { authorization: authorization(), 'content-type': 'application/x-www-form-urlencoded' },
          body: FORM,
        });
        expect([answer.status, Date.now() - began < 8_000]).toEqual([200, true]);
      }
      // Bodies may take longer: 30 seconds from the first byte of the request.
      const inTime = [...withHeaders, ...silent];
      await Promise.race([Promise.all(inTime.map(closed)), wait(25_000)]);
      expect(inTime.filter((socket) => !socket.destroyed).length).toBe(0);
      expect(statusesOf(answered)).toEqual([408]);
    } finally {
      clearInterval(dribble);
      slow.forEach((socket) => socket.destroy());
    }
  });
});

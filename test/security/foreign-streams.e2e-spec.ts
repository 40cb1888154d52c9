import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Browser } from 'playwright-core';
import { signedIn } from '../account/people.js';
import { accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { openConsole } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';

/** What a page of another origin does to hear of her things, with her cookies: what it got. */
const EAVESDROP = `(address) => {
  const heard = [];
  const streams = Array.from({ length: 8 }, () => new EventSource(address, { withCredentials: true }));
  const refused = streams.map((stream) => new Promise((resolve) => {
    for (const name of ['open', 'message', 'activity']) stream.addEventListener(name, () => heard.push(name));
    stream.addEventListener('error', () => { stream.close(); resolve('refused'); });
  }));
  const read = (mode) => fetch(address, { mode, credentials: 'include' }).then((answer) => answer.text()).catch(() => '');
  return Promise.all([...refused, read('cors'), read('no-cors')]).then((answers) => ({ heard, answers }));
}`;

describeServer('attack class 237: her stream of news', { connections: OWNERS_CONNECTIONS }, (server) => {
  let browser: Browser;
  let evil: HttpServer;
  beforeAll(async () => {
    browser = await launchBrowser();
    evil = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Evil</title>'),
    );
    evil.listen(0);
    await once(evil, 'listening');
  });
  afterAll(async () => {
    await browser?.close();
    evil?.close();
  });

  const cookieOf = async () => {
    const { browser: hers } = await signedIn(server(), 'alice');
    return `vk_session=${hers.cookie('vk_session') ?? ''}`;
  };
  /** Asks for the stream. @returns its status; what is open is left at once */
  const ask = async (headers: Record<string, string>) => {
    const leaving = new AbortController();
    const { status, headers: told } = await fetch(`${server().issuer}/me/events`, { headers, signal: leaving.signal });
    leaving.abort();
    return [status, told.get('access-control-allow-origin'), told.get('access-control-allow-credentials')];
  };

  it.each(['127.0.0.1', 'localhost'])(
    'a page at another origin (%s) with her cookies in the browser hears nothing, and takes no stream from her',
    async (host) => {
      const { context, page } = await openContext(browser);
      await openConsole(server(), page);
      const answers: number[] = [];
      context.on('response', (answer) => {
        if (answer.url().endsWith('/me/events') && answer.frame().url().includes(String(port)))
          answers.push(answer.status());
      });
      const { port } = evil.address() as AddressInfo;
      const other = await context.newPage();
      await other.goto(`http://${host}:${port}/`);
      const told = other.evaluate<{ heard: string[]; answers: string[] }>(
        `(${EAVESDROP})(${JSON.stringify(`${server().issuer}/me/events`)})`,
      );
      const { alice } = ownersOf(server());
      const name = `Secret ${host}`;
      await accessOf(server(), alice).shareOne({ resource_ids: [await alice.album(name)], subject: 'account:bob' });
      expect(await told).toEqual({ heard: [], answers: [...Array<string>(8).fill('refused'), '', ''] });
      expect(answers.filter((status) => status !== 401)).toEqual([]);
      expect(await ask({ cookie: await cookieOf() })).toEqual([200, null, null]);
      await context.close();
    },
  );

  it('no origin but ours opens it, in browsers too that say nothing of the site', async () => {
    const cookie = await cookieOf();
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${server().issuer}.evil.example` },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { origin: new URL(server().issuer).origin, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      expect([headers, await ask({ cookie, ...headers })]).toEqual([headers, [401, null, null]]);
    expect(await ask({ cookie, origin: new URL(server().issuer).origin })).toEqual([200, null, null]);
  });

  it('many connections of one session are bounded, whoever opens them, and those that are left count no more', async () => {
    const cookie = await cookieOf();
    const leaving = new AbortController();
    const { signal } = leaving;
    const open = () => fetch(`${server().issuer}/me/events`, { headers: { cookie }, signal });
    const statuses = async () =>
      (await Promise.all(Array.from({ length: 20 }, open))).map(({ status }) => status).sort();
    const found = await statuses();
    expect([found.filter((status) => status === 200).length <= 5, new Set(found)]).toEqual([true, new Set([200, 429])]);
    leaving.abort();
    const again = await eventually(
      () => ask({ cookie }),
      ([status]) => status === 200,
    );
    expect(again[0]).toBe(200);
  });

  it('there is no socket to upgrade to, with or without cookies', async () => {
    const { hostname, port } = new URL(server().issuer);
    const cookie = await cookieOf();
    for (const path of ['/', '/account', '/me/events', '/ws', '/events', '/socket.io/?transport=websocket']) {
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: https://evil.example\r\n` +
          `sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\naccept: text/event-stream\r\ncookie: ${cookie}\r\n\r\n`,
      );
      const [first] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      const answer = first.toString();
      expect([path, answer]).toEqual([path, expect.not.stringMatching(/^HTTP\/1\.1 101|text\/event-stream/i)]);
      expect(answer).toMatch(/^HTTP\/1\.1 [2-4]\d\d /);
    }
  });
});

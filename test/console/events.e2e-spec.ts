import { randomUUID } from 'node:crypto';
import { type AccessJson, accessOf, inDays } from '../owner-api/access-calls.js';
import {
  daveAsks,
  type ListJson,
  outcome,
  OWNERS_CONNECTIONS,
  ownersOf,
  type RequestJson,
} from '../owner-api/owners.js';
import { type SessionApi, sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword } from '../support/person.js';
import { type SecondServer, startSecond } from '../support/second-server.js';
import { type Server, startServer } from '../support/server.js';
import { requestingParty } from '../support/uma.js';
import { CAROL, PASSWORD } from '../support/world.js';

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly resources: readonly { readonly name: string }[];
  readonly request_id?: string;
}

/** What came on one stream so far. */
interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly lines: Told[];
  /** Bare events that tell of nothing but that something is new, as they came. */
  readonly news: string[];
  readonly isOver: () => boolean;
  /** Waits for a line. */
  until(is: (line: Told) => boolean): Promise<Told>;
  leave(): void;
}

interface Person {
  readonly api: SessionApi;
  readonly cookie: string;
}

async function signedIn(server: Server, username = 'alice'): Promise<Person> {
  const browser = new FormBrowser(server.issuer);
  await browser.submit(await browser.open(`${server.issuer}/console/`), { username, password: PASSWORD });
  const cookie = ['vk_browser', 'vk_session'].map((name) => `${name}=${browser.cookie(name) ?? ''}`).join('; ');
  return { api: await sessionApi(server, browser), cookie };
}

/** All that anybody hears of what others own. */
const NEWS = 'event: news\ndata: {}';

const open: Heard[] = [];

async function listen(server: Server, { cookie }: Person, headers: Record<string, string> = {}): Promise<Heard> {
  const leaving = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${server.port}/me/events`, {
    headers: { cookie, ...headers },
    signal: leaving.signal,
  });
  const lines: Told[] = [];
  const news: string[] = [];
  let isOver = false;
  const follow = async () => {
    let text = '';
    for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (event.includes('event: news')) news.push(event);
        if (data === undefined || event.includes('event: news')) continue;
        const line = JSON.parse(data) as Told;
        expect(event).toContain(`id: ${line.id}\nevent: activity\n`);
        lines.push(line);
      }
    }
  };
  void follow()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  const until = async (is: (line: Told) => boolean) => {
    const found = await eventually(
      () => Promise.resolve(lines.find(is)),
      (line) => line !== undefined || isOver,
    );
    if (!found) throw new Error(`was not told, but ${JSON.stringify(lines)}`);
    return found;
  };
  const heard = { status: answer.status, headers: answer.headers, lines, news, isOver: () => isOver, until };
  open.push({ ...heard, leave: () => leaving.abort() });
  return { ...heard, leave: () => leaving.abort() };
}

const over = (heard: Heard) => eventually(() => Promise.resolve(heard.isOver()), Boolean);

afterEach(async () => {
  for (const heard of open.splice(0)) {
    heard.leave();
    await over(heard);
  }
});

describeServer('GET /me/events', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const hers = () => accessOf(server(), alice());
  beforeAll(async () => {
    for (const username of ['bob', 'carol']) await givePassword(server(), username);
  });

  const accessTo = async (album: string) => {
    const { items } = (await hers().get('access?limit=200')).json<ListJson<AccessJson>>();
    const found = items.find(({ resources }) => resources.some(({ id }) => id === album));
    if (!found) throw new Error('nobody has access to the album');
    return found.id;
  };

  it('is a stream that nobody keeps or gathers, for a session alone', async () => {
    const heard = await listen(server(), await signedIn(server()));
    const names = ['content-type', 'cache-control', 'x-accel-buffering', 'x-content-type-options'];
    expect([heard.status, ...names.map((name) => heard.headers.get(name))]).toEqual([
      200,
      ...['text/event-stream', 'no-store', 'no', 'nosniff'],
    ]);
    for (const options of [{}, { bearer: alice().token }])
      expect(outcome(await server().http.get('/me/events', options))).toBe('401 login_required');
    const elsewhere = await listen(server(), await signedIn(server()), { 'sec-fetch-site': 'cross-site' });
    expect(elsewhere.status).toBe(401);
  });

  it('G5 tells of a request, a share and its end, as the activity does, and others nothing', async () => {
    const person = await signedIn(server());
    const [heard, second] = [await listen(server(), person), await listen(server(), person)];
    const bobs = await listen(server(), await signedIn(server(), 'bob'));
    const name = `Told ${randomUUID()}`;
    const album = await alice().album(name);
    const { requestId } = await daveAsks(server(), alice(), album);
    const asked = await heard.until((line) => line.request_id === requestId);
    const { id } = await hers().shareOne({ resource_ids: [album], subject: 'account:bob' });
    await hers().end(id);
    const isOfIt = (kind: string) => (line: Told) =>
      line.kind === kind && line.resources.some((one) => one.name === name);
    for (const kind of ['given', 'removed']) await Promise.all([heard, second].map((one) => one.until(isOfIt(kind))));
    const { items } = (await person.api.get('activity')).json<{ items: Told[] }>();
    expect(asked).toEqual(items.find((line) => line.request_id === requestId));
    const ids = heard.lines.map((line) => line.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(bobs.lines.filter((line) => line.resources.some((one) => one.name === name))).toEqual([]);
  });

  it('O10 whoever holds it hears that something is new, at each change, and nothing of it; a third person nothing', async () => {
    const [carols, bobs] = [await signedIn(server(), 'carol'), await signedIn(server(), 'bob')];
    const [heard, others] = [await listen(server(), carols), await listen(server(), bobs)];
    const { photos } = alice();
    const [album, second] = [await alice().album(), await alice().album()];
    let cover = '';
    const changes: Record<string, () => Promise<unknown>> = {
      given: () => hers().shareOne({ resource_ids: [album], subject: 'account:carol', scopes: ['view', 'print'] }),
      narrowed: async () => {
        return hers().change(await accessTo(album), { scopes: ['view'], until: inDays(3) });
      },
      revoked: async () => hers().end(await accessTo(album)),
      'given back': async () => hers().giveBack((await hers().removed())[0]?.removed_id ?? ''),
      expired: async () => {
        const until = new Date(Date.now() + 2_500).toISOString();
        return hers().change(await accessTo(album), { scopes: ['view'], until });
      },
      asked: async () => {
        const ticket = await photos.ticket({ resource_id: second, resource_scopes: ['view'] });
        return requestingParty(server(), CAROL, 'print-shop').present(ticket);
      },
      denied: async () => {
        const { items } = (await hers().get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
        const { id = '' } = items.find(({ resources }) => resources.some((one) => one.resource_id === second)) ?? {};
        return hers().post(`requests/${id}/deny`, {});
      },
      covered: async () => {
        const draft = { subject: 'account:carol', resource_ids: [second], allow: 'act', until: inDays(2) };
        cover = (await hers().post('handovers', draft)).json<{ id: string }>().id;
      },
      'covered no more': () =>
        server().http.send({ method: 'DELETE', path: `/me/handovers/${cover}`, bearer: alice().token }),
    };
    const isTold = async (count: number) =>
      eventually(
        () => Promise.resolve(heard.news.length),
        (found) => found >= count,
      );
    // Of what came before him he may hear as he arrives, in the turn of the first change; from the second on, nothing.
    let ofBefore: number | undefined;
    for (const [what, change] of Object.entries(changes)) {
      const before = heard.news.length;
      await change();
      // What ends by itself is told of twice: that it will, and that it did.
      const expected = before + (what === 'expired' ? 2 : 1);
      expect([what, await isTold(expected)]).toEqual([what, expected]);
      if (what === 'narrowed') ofBefore = others.news.length;
    }
    expect(new Set(heard.news)).toEqual(new Set([NEWS]));
    // Her own sign-in and password are all that is hers here.
    expect(heard.lines.filter(({ kind }) => kind !== 'signed_in' && kind !== 'password_changed')).toEqual([]);
    expect(others.news.length).toBe(ofBefore);
  });

  it('Last-Event-ID: who comes back is told what came after it, and not what came before', async () => {
    const person = await signedIn(server());
    const heard = await listen(server(), person);
    const [before, after] = [`Before ${randomUUID()}`, `After ${randomUUID()}`];
    const share = async (name: string) =>
      hers().shareOne({ resource_ids: [await alice().album(name)], subject: 'account:bob' });
    const isGiven = (name: string) => (line: Told) =>
      line.kind === 'given' && line.resources.some((one) => one.name === name);
    await share(before);
    const last = await heard.until(isGiven(before));
    heard.leave();
    await over(heard);
    await share(after);
    const again = await listen(server(), person, { 'last-event-id': last.id });
    await again.until(isGiven(after));
    expect(again.lines.every((line) => line.id > last.id)).toBe(true);
    const odd = await listen(server(), person, { 'last-event-id': "e' OR 1=1 --" });
    expect(odd.status).toBe(200);
  });

  it('ends with the session, wherever it was ended, and tells nothing afterwards', async () => {
    const [here, elsewhere] = [await signedIn(server()), await signedIn(server())];
    const [heard, stays] = [await listen(server(), here), await listen(server(), elsewhere)];
    expect((await here.api.change('DELETE', 'session')).status).toBe(204);
    const album = await alice().album(`Later ${randomUUID()}`);
    const { requestId } = await daveAsks(server(), alice(), album);
    await stays.until((line) => line.request_id === requestId);
    expect(await over(heard)).toBe(true);
    expect(heard.lines.filter((line) => line.request_id === requestId)).toEqual([]);
    await elsewhere.api.change('DELETE', 'session');
    expect(await over(stays)).toBe(true);
  });

  it('a sixth stream of an owner is refused, until one of the five is left', async () => {
    const person = await signedIn(server());
    const streams = [];
    for (let count = 0; count < 5; count += 1) streams.push(await listen(server(), person));
    expect(streams.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const refused = await listen(server(), person);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await listen(server(), await signedIn(server(), 'bob'))).status).toBe(200);
    streams[0]?.leave();
    const statusNow = async () => (await listen(server(), person)).status;
    expect(await eventually(statusNow, (status) => status === 200)).toBe(200);
  });
});

describe('GET /me/events at two servers on one database (postgres)', () => {
  let first: Server;
  let beside: SecondServer;
  beforeAll(async () => {
    first = await startServer({ engine: 'postgres', connections: OWNERS_CONNECTIONS });
    beside = await startSecond(first);
  }, 180_000);
  afterAll(() => first?.dispose());

  it('tells what happened at the other one, and ends when its own is stopped', async () => {
    const heard = await listen(beside.server, await signedIn(first));
    const { alice } = ownersOf(first);
    const { requestId } = await daveAsks(first, alice, await alice.album());
    await heard.until((line) => line.request_id === requestId);
    const share = { resource_ids: [await alice.album()], subject: 'account:carol' };
    await givePassword(first, 'carol');
    const carols = await listen(beside.server, await signedIn(first, 'carol'));
    await accessOf(first, alice).shareOne(share);
    expect(
      await eventually(
        () => Promise.resolve(carols.news),
        ({ length }) => length > 0,
      ),
    ).toEqual([NEWS]);
    const began = performance.now();
    await beside.stop();
    expect(await over(heard)).toBe(true);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

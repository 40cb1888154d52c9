import { inDays } from '../owner-api/access-calls.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { type SessionApi, sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { startSecond } from '../support/second-server.js';
import type { Server } from '../support/server.js';
import { PASSWORD } from '../support/world.js';
import { BY_ALICE, operatorApi } from './operators.js';

interface Row {
  readonly id: string;
  readonly scope: string;
  readonly servers: readonly string[];
  readonly source: string;
  readonly published: boolean;
  readonly lacking: readonly string[];
  readonly draft?: object;
  readonly version: string;
}

interface List {
  readonly items: readonly Row[];
  readonly next_cursor?: string;
  readonly languages: readonly string[];
  readonly coverage: { readonly published: number; readonly all: number };
}

const WORDS = {
  level: 'see',
  texts: { en: { verb: 'peek at', object: 'diaries' }, de: { verb: 'ansehen', object: 'Tagebücher' } },
};

/** Both APIs in the session of one browser. */
async function both(server: Server): Promise<{ me: SessionApi; operator: SessionApi }> {
  const browser = new FormBrowser(server.issuer);
  await browser.submit(await browser.open(`${server.issuer}/console/`), { username: 'alice', password: PASSWORD });
  return { me: await sessionApi(server, browser), operator: await sessionApi(server, browser, 'operator-api') };
}

async function rowOf(api: SessionApi, scope: string): Promise<Row> {
  const { items } = (await api.get(`wording?search=${encodeURIComponent(scope)}`)).json<List>();
  const row = items.find((one) => one.scope === scope);
  if (!row) throw new Error(`${scope} is not listed`);
  return row;
}

const save = (api: SessionApi, { id, version }: Row, body: object) =>
  api.change('PUT', `wording/${id}`, body, { 'if-match': `"${version}"` });
const act = (api: SessionApi, { id, version }: Row, deed: 'withdraw' | 'reset') =>
  api.change('POST', `wording/${id}/${deed}`, undefined, { 'if-match': `"${version}"` });

describeServer(
  'P7 resource servers and the wording of their scopes',
  { config: BY_ALICE, connections: OWNERS_CONNECTIONS },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const sharing = (me: SessionApi, album: string, scope: string) =>
      me.change('POST', 'shares', {
        resource_ids: [album],
        subject: 'account:carol',
        scopes: [scope],
        until: inDays(3),
      });
    const registered = (scope: string) => alice().photos.register({ name: 'Odd', resource_scopes: ['view', scope] });

    it('lists the scopes of the file, of resource servers and of their resources, with what is published of them', async () => {
      await registered('x.listed');
      const { operator } = await both(server());
      const { items, languages, coverage } = (await operator.get('wording')).json<List>();
      expect(languages).toEqual(['en', 'de']);
      const named = Object.fromEntries(items.map((row) => [row.scope, row]));
      expect(named['view']).toMatchObject({ source: 'file', published: true, servers: ['Photo service'] });
      expect(named['x.listed']).toMatchObject({ source: 'none', published: false, servers: ['Photo service'] });
      expect(named['others.read']).toMatchObject({ servers: ['Other service'] });
      expect(coverage).toEqual({ published: items.filter((row) => row.published).length, all: items.length });
      const lacking = (await operator.get('wording?state=lacking')).json<List>();
      expect(lacking.items.map(({ scope }) => scope)).not.toContain('view');
      expect(lacking.coverage).toEqual(coverage);
      const first = (await operator.get('wording?limit=1')).json<List>();
      const second = (await operator.get(`wording?limit=1&cursor=${first.next_cursor ?? ''}`)).json<List>();
      expect([...first.items, ...second.items]).toEqual(items.slice(0, 2));
    });

    it('G17 a scope is published complete or not at all, can be given then, and no more once it is withdrawn', async () => {
      const album = await registered('https://photos.example/x/published');
      const scope = 'https://photos.example/x/published';
      const { me, operator } = await both(server());
      expect(outcome(await sharing(me, album, scope))).toBe('409 invalid_state');
      const half = { level: 'see', texts: { en: WORDS.texts.en, de: { verb: ' ' } } };
      const refused = await save(operator, await rowOf(operator, scope), { words: half, publish: true });
      expect([outcome(refused), refused.json()['fields']]).toEqual([
        '400 invalid_request',
        { 'verb#de': 'missing', 'object#de': 'missing' },
      ]);
      const drafted = await save(operator, await rowOf(operator, scope), { words: half, publish: false });
      expect(drafted.json()).toMatchObject({ published: false, draft_lacking: ['verb#de', 'object#de'] });
      expect(outcome(await sharing(me, album, scope))).toBe('409 invalid_state');

      const published = await save(operator, drafted.json<Row>(), { words: WORDS, publish: true });
      expect(published.json()).toMatchObject({ source: 'published', published: true, lacking: [] });
      expect((await sharing(me, album, scope)).status).toBe(201);
      const { items } = (await me.get(`access?resource_id=${album}`)).json<{ items: object[] }>();
      expect(items).toMatchObject([{ scopes: [{ verb: 'peek at', object: 'diaries', published: true }] }]);

      const withdrawn = await act(operator, published.json<Row>(), 'withdraw');
      expect(withdrawn.json()).toMatchObject({ source: 'withdrawn', published: false, draft: WORDS });
      expect(outcome(await sharing(me, await registered(scope), scope))).toBe('409 invalid_state');
      const after = (await me.get(`access?resource_id=${album}`)).json<{ items: object[] }>();
      expect(after.items).toMatchObject([{ scopes: [{ verb: '', object: '', published: false }] }]);
      expect(server().log()).toContain('wording_withdrawn');
    });

    it('ux 6: words that owners must not read are not published, and said by kind; a draft may have them', async () => {
      await registered('x.unfit');
      const { operator } = await both(server());
      const unfit = {
        level: 'see',
        texts: {
          en: { verb: 'see', object: 'one two three four five six seven eight nine', consequence: 'It has a Token.' },
          de: { verb: 'lesen', object: 'Fotos', without: 'Ohne RPT geht nichts.' },
        },
      };
      const row = await rowOf(operator, 'x.unfit');
      const refused = await save(operator, row, { words: unfit, publish: true });
      expect([outcome(refused), refused.json()['fields']]).toEqual([
        '400 invalid_request',
        {
          'object#en': 'too_many_words',
          'consequence#en': 'forbidden_word',
          'verb#de': 'forbidden_word',
          'without#de': 'forbidden_word',
        },
      ]);
      expect((await rowOf(operator, 'x.unfit')).published).toBe(false);
      expect((await save(operator, row, { words: unfit, publish: false })).status).toBe(200);
    });

    it('words of the file can be withdrawn, and be in force again', async () => {
      const { me, operator } = await both(server());
      const withdrawn = await act(operator, await rowOf(operator, 'print'), 'withdraw');
      expect(withdrawn.json()).toMatchObject({ source: 'withdrawn', published: false });
      expect(outcome(await sharing(me, await alice().album(), 'print'))).toBe('409 invalid_state');
      expect((await act(operator, withdrawn.json<Row>(), 'reset')).json()).toMatchObject({
        source: 'file',
        published: true,
      });
      expect((await sharing(me, await alice().album(), 'print')).status).toBe(201);
    });

    it('a lost race is told with how it is now, and changes nothing', async () => {
      await registered('x.race');
      const { operator } = await both(server());
      const row = await rowOf(operator, 'x.race');
      expect((await save(operator, row, { words: WORDS, publish: false })).status).toBe(200);
      const late = await save(operator, row, { words: { texts: {} }, publish: false });
      expect([outcome(late), late.json()['current']]).toEqual([
        '412 precondition_failed',
        expect.objectContaining({ scope: 'x.race', draft: WORDS }),
      ]);
      expect((await rowOf(operator, 'x.race')).draft).toEqual(WORDS);
    });

    it.each([
      ['a member that none has', { words: { texts: {}, colour: 'red' }, publish: false }],
      ['a control character', { words: { texts: { en: { verb: 'a\u0007' } } }, publish: false }],
      ['words that are too long', { words: { texts: { en: { verb: 'x'.repeat(61) } } }, publish: false }],
      ['no word on publishing', { words: WORDS }],
    ])('refuses %s', async (_, body) => {
      const { operator } = await both(server());
      expect(outcome(await save(operator, await rowOf(operator, 'view'), body))).toBe('400 invalid_request');
    });

    it('an id that is none is not found', async () => {
      const { operator } = await both(server());
      const none = { id: '____', version: '0' } as Row;
      expect(outcome(await save(operator, none, { words: WORDS, publish: false }))).toBe('404 not_found');
      expect(outcome(await operator.get('wording/____'))).toBe('404 not_found');
      const { id } = await rowOf(operator, 'view');
      const one = (await operator.get(`wording/${id}`)).json();
      expect(one).toMatchObject({ scope: 'view', languages: ['en', 'de'] });
    });

    it('tells of resource servers whether they answer, what they registered and for how many owners they can act', async () => {
      const { items } = (await (await operatorApi(server())).get('resource-servers')).json<{ items: object[] }>();
      expect(items).toMatchObject([
        { client_id: 'other-service', state: 'unknown', resources: 0, protection: { owners: 0 } },
        { client_id: 'photo-service', name: 'Photo service', state: 'unknown', protection: { owners: 2 } },
      ]);
    });
  },
);

describeServer(
  'P7 two servers on one database',
  { config: BY_ALICE, connections: OWNERS_CONNECTIONS, engines: ['postgres'] },
  (server) => {
    it('agree on what can be given as soon as one of them was told, without a restart', async () => {
      const album = await ownersOf(server()).alice.photos.register({ name: 'Odd', resource_scopes: ['x.spread'] });
      const second = await startSecond(server());
      try {
        const { me, operator } = await both(server());
        const row = (
          await save(operator, await rowOf(operator, 'x.spread'), { words: WORDS, publish: true })
        ).json<Row>();
        const browser = new FormBrowser(server().issuer);
        await browser.submit(await browser.open(`${server().issuer}/console/`), {
          username: 'alice',
          password: PASSWORD,
        });
        const there = await sessionApi(second.server, browser);
        const draft = { resource_ids: [album], subject: 'account:carol', scopes: ['x.spread'], until: inDays(3) };
        expect((await there.change('POST', 'shares', draft)).status).toBe(201);
        await act(operator, row, 'withdraw');
        expect(outcome(await there.change('POST', 'shares', { ...draft, subject: 'account:bob' }))).toBe(
          '409 invalid_state',
        );
        expect((await me.get('session')).status).toBe(200);
      } finally {
        await second.stop();
      }
    });
  },
);

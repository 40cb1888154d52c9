import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { type ProtectionApi, protectionApi, textMember } from '../support/uma.js';

/** In milliseconds, and wide, as a busy machine is slow: work that grows faster than its input would take minutes. */
const SOON = 20_000;

const CONNECTIONS = [{ account: 'alice', client: 'photo-service', scope: 'uma_protection' }];
const ALBUM = {
  name: 'Winter album',
  'name#de': 'Winteralbum',
  description: 'Snow',
  type: 'https://photos.example/types/album',
  icon_uri: 'https://photos.example/album.png',
  resource_scopes: ['view', 'https://photos.example/scopes/print'],
  'x-shelf': { row: 3 },
};
const outcome = (answer: Answer) => [answer.status, answer.json().error];

describeServer('FedAuthz 3: resource registration', { connections: CONNECTIONS }, (server) => {
  const bearer = () => server().connections[0]?.access_token ?? '';
  const alice = () => protectionApi(server(), bearer());
  /** The resources of a resource server's own, so that a list holds nothing else. */
  const own = async (client: 'photo-service' | 'other-service') => {
    const answer = await clientOf(server(), client).clientCredentials({ scope: 'uma_protection' });
    return protectionApi(server(), textMember(answer, 200, 'access_token'));
  };
  const at = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    server().http.send({ method, path, bearer: bearer(), headers });

  describe('create and read', () => {
    it('UF-14 answers 201 with an unguessable _id, in the body and at the end of Location', async () => {
      const answer = await alice().create(ALBUM);
      const id = textMember(answer, 201, '_id');
      expect(id).toMatch(/^r_[\w-]{22}$/);
      expect(answer.headers.location).toBe(`${server().issuer}/uma/resources/${id}`);
      expect(answer.json().user_access_policy_uri).toBe(`${server().issuer}/me/resources/${id}`);
      const path = (answer.headers.location ?? '').slice(server().issuer.length);
      expect((await at(path)).status).toBe(200);
    });

    it('reads back every member, those that nobody understands too', async () => {
      const id = await alice().register(ALBUM);
      const answer = await alice().read(id);
      const description = answer.json();
      expect(answer.status).toBe(200);
      expect(description).toEqual({
        ...ALBUM,
        _id: id,
        user_access_policy_uri: expect.stringContaining(id) as string,
      });
    });

    it.each(['/uma/resources', '/uma/resources/'])('UF-10 takes POST and GET at %s', async (path) => {
      const created = await server().http.json('POST', path, ALBUM, { bearer: bearer() });
      const id = textMember(created, 201, '_id');
      const list = await at(path);
      expect(list.status).toBe(200);
      expect(list.json()).toContain(id);
    });

    it('UF-15 ignores members that name an owner, an id or a policy page', async () => {
      const claims = {
        _id: 'r_mine',
        owner: 'account:bob',
        resource_owner: 'bob',
        user_access_policy_uri: 'https://evil.example',
      };
      const id = await alice().register({ ...ALBUM, ...claims });
      const description = (await alice().read(id)).json();
      expect(description).toMatchObject({ ...ALBUM, _id: id });
      expect(description).not.toHaveProperty('owner');
      expect(description).not.toHaveProperty('resource_owner');
      expect(description.user_access_policy_uri).not.toBe(claims.user_access_policy_uri);
    });

    it('takes controls that reorder text out of names, and __proto__ for a member like any other', async () => {
      const text = `{"name":"safe\\u202egpj.exe","__proto__":{"isAdmin":true},"resource_scopes":["view"]}`;
      const answer = await server().http.send({
        method: 'POST',
        path: '/uma/resources/',
        bearer: bearer(),
        headers: { 'content-type': 'application/json' },
        body: text,
      });
      const stored = await alice().read(textMember(answer, 201, '_id'));
      expect(stored.text).toContain('"safegpj.exe"');
      expect(stored.text).toContain('"__proto__":{"isAdmin":true}');
    });
  });

  describe('update and delete', () => {
    it('UF-11 replaces the whole description: what is not sent is gone', async () => {
      const id = await alice().register(ALBUM);
      const replaced = await alice().replace(id, { resource_scopes: ['view'], name: 'Spring album' });
      expect([replaced.status, replaced.json()._id]).toEqual([200, id]);
      const description = (await alice().read(id)).json();
      const members = ['_id', 'name', 'resource_scopes', 'user_access_policy_uri'];
      expect(Object.keys(description).sort()).toEqual(members);
      expect(description).toMatchObject({ name: 'Spring album', resource_scopes: ['view'] });
    });

    it('UF-13 answers 204, and the id is gone for good', async () => {
      const id = await alice().register(ALBUM);
      const removed = await alice().remove(id);
      expect([removed.status, removed.text]).toEqual([204, '']);
      expect(outcome(await alice().read(id))).toEqual([404, 'not_found']);
      expect(outcome(await alice().replace(id, ALBUM))).toEqual([404, 'not_found']);
      expect(outcome(await alice().remove(id))).toEqual([404, 'not_found']);
      const next = await Promise.all(Array.from({ length: 10 }, () => alice().register(ALBUM)));
      expect(next).not.toContain(id);
    });

    it('UF-13 deletes once: of concurrent deletions one succeeds', async () => {
      const id = await alice().register(ALBUM);
      const answers = await Promise.all(Array.from({ length: 10 }, () => alice().remove(id)));
      const statuses = answers.map((answer) => answer.status).sort();
      expect(statuses).toEqual([204, ...Array.from({ length: 9 }, () => 404)]);
    });
  });

  describe('UF-16: conditional updates', () => {
    const put = (id: string, name: string, tag: string) =>
      server().http.json(
        'PUT',
        `/uma/resources/${id}`,
        { ...ALBUM, name },
        { bearer: bearer(), headers: { 'if-match': tag } },
      );
    const tagOf = (answer: Answer) => answer.headers.etag ?? '';

    it('UF-16 gives an ETag with every representation, another after each change', async () => {
      const created = await alice().create(ALBUM);
      const id = textMember(created, 201, '_id');
      const read = await alice().read(id);
      expect(tagOf(created)).toMatch(/^"[^"]+"$/);
      expect(tagOf(read)).toBe(tagOf(created));
      const replaced = await put(id, 'Second', tagOf(read));
      expect(replaced.status).toBe(200);
      expect(tagOf(replaced)).not.toBe(tagOf(read));
      expect(tagOf(await alice().read(id))).toBe(tagOf(replaced));
    });

    it.each(['stale', '"0"', 'W/"2"', '"1", "3"', 'nonsense', '""'])(
      'UF-16 refuses If-Match %j with 412 and changes nothing',
      async (tag) => {
        const created = await alice().create(ALBUM);
        const id = textMember(created, 201, '_id');
        await put(id, 'Second', tagOf(created));
        const refused = await put(id, 'Third', tag === 'stale' ? tagOf(created) : tag);
        expect(outcome(refused)).toEqual([412, 'precondition_failed']);
        expect((await alice().read(id)).json().name).toBe('Second');
      },
    );

    it('UF-16 takes a list of tags that the present one is in', async () => {
      const created = await alice().create(ALBUM);
      const id = textMember(created, 201, '_id');
      const changed = await put(id, 'Second', `W/"1", "7" ,${tagOf(created)}`);
      expect([changed.status, tagOf(changed)]).toEqual([200, '"2"']);
      const removed = await at(`/uma/resources/${id}`, 'DELETE', { 'if-match': '"1", "2"' });
      expect(removed.status).toBe(204);
    });

    it('UF-16 refuses to delete what has changed in the meantime', async () => {
      const created = await alice().create(ALBUM);
      const id = textMember(created, 201, '_id');
      const changed = await put(id, 'Second', tagOf(created));
      const path = `/uma/resources/${id}`;
      expect(outcome(await at(path, 'DELETE', { 'if-match': tagOf(created) }))).toEqual([412, 'precondition_failed']);
      expect((await at(path, 'DELETE', { 'if-match': tagOf(changed) })).status).toBe(204);
    });

    it('UF-16 takes If-Match: * for any version', async () => {
      const id = await alice().register(ALBUM);
      expect((await put(id, 'Second', '*')).status).toBe(200);
    });

    it('UF-16 lets one of two parallel updates with the same tag win, whole', async () => {
      for (let round = 0; round < 5; round += 1) {
        const created = await alice().create(ALBUM);
        const id = textMember(created, 201, '_id');
        const names = ['left', 'right'];
        const answers = await Promise.all(names.map((name) => put(id, name, tagOf(created))));
        expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
        const winner = names[answers.findIndex((answer) => answer.status === 200)];
        expect((await alice().read(id)).json().name).toBe(winner);
      }
    });
  });

  describe('list', () => {
    it('answers a JSON array of ids and nothing else', async () => {
      const id = await alice().register(ALBUM);
      const list = (await alice().list()).json<string[]>();
      expect(list).toContain(id);
      expect(list.every((item) => typeof item === 'string')).toBe(true);
    });

    it('is empty for an owner without resources', async () => {
      expect((await (await own('other-service')).list()).text).toBe('[]');
    });

    it('names every one of many resources once, page by page (attack class 263)', async () => {
      const api = await own('photo-service');
      const made = await registerMany(api, 1_030);
      const first = await api.list();
      expect(first.json()).toHaveLength(1_000);
      const all = [...first.json<string[]>(), ...((await (await next(first))?.json<Promise<string[]>>()) ?? [])];
      expect([...all].sort()).toEqual([...made].sort());

      const inTens: string[] = [];
      for (let page: Answer | undefined = await api.list('?limit=300'); page; page = await next(page)) {
        expect(page.json<string[]>().length).toBeLessThanOrEqual(300);
        inTens.push(...page.json<string[]>());
        if (inTens.length === 300) await api.remove(inTens[299] ?? ''); // the position itself goes away
      }
      expect(inTens).toEqual(all);
      await Promise.all(made.slice(0, 5).map((id) => api.remove(id)));
    });

    it.each(['limit=0', 'limit=1001', 'limit=1e9', 'limit=-1', 'limit=x', 'limit=1&limit=2', 'cursor=%27', 'cursor='])(
      'refuses ?%s with invalid_request',
      async (query) => {
        expect(outcome(await alice().list(`?${query}`))).toEqual([400, 'invalid_request']);
      },
    );

    const next = async (page: Answer): Promise<Answer | undefined> => {
      const link = /^<([^>]+)>; rel="next"$/.exec(page.headers.link?.toString() ?? '')?.[1];
      if (link === undefined) return undefined;
      expect(link.startsWith(`${server().issuer}/uma/resources/`)).toBe(true);
      const answer = await clientOf(server(), 'photo-service').clientCredentials({ scope: 'uma_protection' });
      return server().http.get(link.slice(server().issuer.length), { bearer: textMember(answer, 200, 'access_token') });
    };
  });

  describe('bad input', () => {
    const send = (body: string | Buffer, method = 'POST', path = '/uma/resources/') =>
      server().http.send({
        method,
        path,
        bearer: bearer(),
        headers: { 'content-type': 'application/json' },
        body,
      });
    const scopes = (value: unknown) => JSON.stringify({ resource_scopes: value });

    it.each([
      ['nothing', ''],
      ['half of an object', '{"resource_scopes":["view"]'],
      ['a list', '[{"resource_scopes":["view"]}]'],
      ['a string', '"view"'],
      ['null', 'null'],
      ['no scopes', '{"name":"x"}'],
      ['an empty list of scopes', scopes([])],
      ['scopes as text', scopes('view')],
      ['a scope that is no text', scopes(['view', 1])],
      ['a scope with a space', scopes(['view all'])],
      ['an empty scope', scopes([''])],
      ['a scope twice', scopes(['view', 'view'])],
      ['101 scopes', scopes(Array.from({ length: 101 }, (_, index) => `s${index}`))],
      ['a name that is no text', '{"name":{"a":1},"resource_scopes":["view"]}'],
      ['an icon that is a script', '{"icon_uri":"javascript:alert(1)","resource_scopes":["view"]}'],
      ['a NUL in the name', '{"name":"a\\u0000b","resource_scopes":["view"]}'],
      ['JSON 200 deep', `{"x":${'['.repeat(200)}${']'.repeat(200)},"resource_scopes":["view"]}`],
      ['60,000 brackets', '['.repeat(60_000)],
      ['10,000 members', JSON.stringify(Object.fromEntries(Array.from({ length: 4000 }, (_, i) => [`m${i}`, i])))],
    ])('refuses %s with invalid_request, on create and update (attack class 257)', async (_what, body) => {
      const id = await alice().register(ALBUM);
      const began = Date.now();
      expect(outcome(await send(body))).toEqual([400, 'invalid_request']);
      expect(outcome(await send(body, 'PUT', `/uma/resources/${id}`))).toEqual([400, 'invalid_request']);
      expect(Date.now() - began).toBeLessThan(SOON);
      expect((await alice().read(id)).json()).toMatchObject(ALBUM);
    });

    it('refuses bytes that are not UTF-8', async () => {
      const body = Buffer.concat([
        Buffer.from('{"resource_scopes":["view"],"name":"'),
        Buffer.from([0xff]),
        Buffer.from('"}'),
      ]);
      expect(outcome(await send(body))).toEqual([400, 'invalid_request']);
    });

    it('refuses more than 64 KiB with 413', async () => {
      expect((await send(JSON.stringify({ ...ALBUM, x: 'a'.repeat(70_000) }))).status).toBe(413);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', ''])(
      'refuses the media type %j',
      async (type) => {
        const answer = await server().http.send({
          method: 'POST',
          path: '/uma/resources/',
          bearer: bearer(),
          headers: type === '' ? {} : { 'content-type': type },
          body: JSON.stringify(ALBUM),
        });
        expect(outcome(answer)).toEqual([type === 'application/x-www-form-urlencoded' ? 400 : 415, 'invalid_request']);
      },
    );

    it.each(['r_', 'x'.repeat(200), '%00', 'r_%00', '..', '%2e%2e%2f', "'%20OR%20'1'='1", '%F0%9F%93%B7', '__proto__'])(
      'answers the id %s with 404',
      async (id) => {
        for (const method of ['GET', 'DELETE']) {
          const answer = await at(`/uma/resources/${id}`, method);
          expect(answer.status).toBe(404);
        }
      },
    );

    it.each([
      ['/uma/resources/', 'PUT', 'GET, HEAD, POST'],
      ['/uma/resources', 'PATCH', 'GET, HEAD, POST'],
      ['/uma/resources/r_x', 'POST', 'GET, HEAD, PUT, DELETE'],
      ['/uma/resources/r_x', 'PATCH', 'GET, HEAD, PUT, DELETE'],
      ['/uma/permission', 'GET', 'POST'],
      ['/uma/resources/r_x', 'OPTIONS', 'GET, HEAD, PUT, DELETE'],
      ['/uma/permission', 'PUT', 'POST'],
      ['/uma/permission', 'OPTIONS', 'POST'],
    ])('answers %s %s with 405 unsupported_method_type', async (path, method, allow) => {
      const answer = await at(path, method);
      expect([...outcome(answer), answer.headers.allow]).toEqual([405, 'unsupported_method_type', allow]);
    });
  });
});

/** Registers so many, a few at a time. @returns their ids */
async function registerMany(api: ProtectionApi, count: number): Promise<string[]> {
  const ids: string[] = [];
  const one = async () => {
    while (ids.length < count) {
      const place = ids.push('') - 1;
      ids[place] = await api.register({ resource_scopes: ['view'], name: `No. ${place}` });
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return ids;
}

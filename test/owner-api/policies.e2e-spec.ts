import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { requestingParty } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';
import { everyPage, type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const ISSUER = 'https://partner.example';
const HOUR = 3_600_000;
const NEXT_YEAR = new Date().getUTCFullYear() + 1;
const inAnHour = () => new Date(Date.now() + HOUR).toISOString();

describeServer('{issuer}/me/policies', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const share = (album: string, more: object = {}) => ({
    resource_id: album,
    subject: { type: 'anyone' },
    scopes: ['view'],
    ...more,
  });
  const policiesOn = async (album: string) =>
    (await alice().owner.get(`policies?resource_id=${album}`)).json<ListJson>().items;
  const daveGets = async (album: string) => {
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    return outcome(await requestingParty(server(), DAVE, 'print-shop').present(ticket));
  };

  describe('making one', () => {
    it.each([
      [{ type: 'account', account_id: 'carol' }],
      [{ type: 'partner', issuer: ISSUER, subject: CAROL }],
      [{ type: 'claim', issuer: ISSUER, claim: 'email', value: 'carol@example.org' }],
      [{ type: 'client' }],
      [{ type: 'anyone' }],
    ])('answers 201 with what was written, for %j', async (subject) => {
      const album = await alice().album();
      const written = {
        resource_id: album,
        subject,
        client_id: 'print-shop',
        scopes: ['view', 'print'],
        not_before: '2026-01-01T00:00:00.000Z',
        expires_at: `${NEXT_YEAR}-07-01T00:00:00.000Z`,
        max_claims_age: 600,
      };
      const answer = await alice().owner.addPolicy(written);
      expect(answer.status).toBe(201);
      expect(answer.headers.etag).toBe('"1"');
      const policy = answer.json();
      expect(policy).toMatchObject(written);
      expect((await alice().owner.get(`policies/${String(policy['id'])}`)).json()).toEqual(policy);
      expect(await policiesOn(album)).toEqual([policy]);
    });

    it('takes instants with an offset and answers them in UTC', async () => {
      const album = await alice().album();
      const answer = await alice().owner.addPolicy(share(album, { expires_at: `${NEXT_YEAR}-07-01T02:00:00+02:00` }));
      expect(answer.json()).toMatchObject({ expires_at: `${NEXT_YEAR}-07-01T00:00:00.000Z` });
    });

    it('leaves out what was not said, but for the end', async () => {
      const policy = (await alice().owner.addPolicy(share(await alice().album()))).json();
      expect(Object.keys(policy).sort()).toEqual([
        'created_at',
        'expires_at',
        'id',
        'resource_id',
        'scopes',
        'subject',
        'updated_at',
      ]);
    });
  });

  describe('bad bodies: 400 and nothing stored', () => {
    const partner = { type: 'partner', issuer: ISSUER, subject: 'x' };
    const bad: [string, object][] = [
      ['no subject', { subject: undefined }],
      ['a subject of no kind', { subject: {} }],
      ['a subject of an unknown kind', { subject: { type: 'group', id: 'family' } }],
      ['a subject that is a list', { subject: [{ type: 'anyone' }] }],
      ['a subject with a member too many', { subject: { type: 'anyone', account_id: 'carol' } }],
      ['an account without a name', { subject: { type: 'account' } }],
      ['an account that is a list', { subject: { type: 'account', account_id: ['carol'] } }],
      ['an account that is null', { subject: { type: 'account', account_id: null } }],
      ['a partner without issuer', { subject: { type: 'partner', subject: 'x' } }],
      ['an issuer that is a script', { subject: { ...partner, issuer: 'javascript:alert(1)' } }],
      ['an issuer that is no URL', { subject: { ...partner, issuer: 'partner' } }],
      ['an empty partner subject', { subject: { ...partner, subject: '' } }],
      ['a partner subject with NUL', { subject: { ...partner, subject: 'a\u0000b' } }],
      ['a partner subject that is half a character', { subject: { ...partner, subject: 'a\ud800' } }],
      ['a partner subject of 501 characters', { subject: { ...partner, subject: 'a'.repeat(501) } }],
      ['a claim without value', { subject: { type: 'claim', issuer: ISSUER, claim: 'email' } }],
      ['a claim value that is no text', { subject: { type: 'claim', issuer: ISSUER, claim: 'email', value: true } }],
      ['a client that is not named', { subject: { type: 'client' } }],
      ['a client id with a control', { client_id: 'print\nshop' }],
      ['a client id of 201 characters', { client_id: 'a'.repeat(201) }],
      ['no scopes', { scopes: undefined }],
      ['an empty list of scopes', { scopes: [] }],
      ['scopes in one text', { scopes: 'view print' }],
      ['a scope twice', { scopes: ['view', 'view'] }],
      ['a scope with a space', { scopes: ['view print'] }],
      ['101 scopes', { scopes: Array.from({ length: 101 }, (_, index) => `s${index}`) }],
      ['a day for an instant', { expires_at: '2099-01-01' }],
      ['an instant without zone', { expires_at: '2099-01-01T00:00:00' }],
      ['a day that does not exist', { expires_at: '2099-02-30T00:00:00Z' }],
      ['a number for an instant', { expires_at: 4_070_908_800 }],
      ['an end before the beginning', { not_before: '2099-01-02T00:00:00Z', expires_at: '2099-01-01T00:00:00Z' }],
      ['an end that is over', { expires_at: '2026-01-01T00:00:00Z' }],
      ['a claims age of 0', { max_claims_age: 0 }],
      ['a negative claims age', { max_claims_age: -1 }],
      ['a claims age with a fraction', { max_claims_age: 1.5 }],
      ['a claims age of 2^53', { max_claims_age: 2 ** 53 }],
      ['a claims age that is text', { max_claims_age: '600' }],
      ['an unknown member', { owner: 'bob' }],
      ['an id', { id: 'p_x' }],
    ];

    it.each(bad)('%s (attack classes 248, 249, 251)', async (_what, change) => {
      const album = await alice().album();
      expect(outcome(await alice().owner.addPolicy(share(album, change)))).toBe('400 invalid_request');
      expect(await policiesOn(album)).toEqual([]);
      const id = await alice().owner.share(share(album));
      expect(outcome(await alice().owner.replacePolicy(id, share(album, change)))).toBe('400 invalid_request');
      expect(await policiesOn(album)).toMatchObject([{ id, scopes: ['view'] }]);
    });

    it.each(['null', '[]', '"x"', '7', '', '{', '{"a":1}x'])('a body of %j', async (body) => {
      const headers = { 'content-type': 'application/json' };
      const { token } = alice();
      const answer = await server().http.send({ method: 'POST', path: '/me/policies', headers, bearer: token, body });
      expect(outcome(answer)).toBe('400 invalid_request');
    });

    it('a form, and no media type at all', async () => {
      const { token } = alice();
      const form = await server().http.form('/me/policies', { resource_id: 'x' }, { bearer: token });
      expect(outcome(form)).toBe('400 invalid_request');
      const bare = await server().http.send({ method: 'POST', path: '/me/policies', bearer: token, body: '{}' });
      expect(outcome(bare)).toBe('415 invalid_request');
    });

    it('members named like those of every object pollute nothing (attack class 228)', async () => {
      const album = await alice().album();
      const body = JSON.stringify(share(album)).replace('{', '{"__proto__":{"scopes":["print"]},');
      const headers = { 'content-type': 'application/json' };
      const answer = await server().http.send({
        method: 'POST',
        path: '/me/policies',
        headers,
        bearer: alice().token,
        body,
      });
      expect(outcome(answer)).toBe('400 invalid_request');
      expect(await policiesOn(album)).toEqual([]);
    });
  });

  describe('what is not hers (attack class 137)', () => {
    it('answers 404 for a policy on another owner’s resource, and stores nothing', async () => {
      const album = await bob().album();
      expect(outcome(await alice().owner.addPolicy(share(album)))).toBe('404 not_found');
      expect(outcome(await alice().owner.addPolicy(share('r_no-such')))).toBe('404 not_found');
      expect((await bob().owner.get(`policies?resource_id=${album}`)).json<ListJson>().items).toEqual([]);
      expect(await policiesOn(album)).toEqual([]);
    });

    it('answers 404 for reading, replacing and removing another owner’s policy, and changes nothing', async () => {
      const album = await alice().album();
      const id = await alice().owner.share(share(album));
      const thief = bob().owner;
      expect(outcome(await thief.get(`policies/${id}`))).toBe('404 not_found');
      expect(outcome(await thief.replacePolicy(id, share(album, { scopes: ['print'] })))).toBe('404 not_found');
      expect(outcome(await thief.replacePolicy(id, share(await bob().album())))).toBe('404 not_found');
      expect(outcome(await thief.removePolicy(id))).toBe('404 not_found');
      expect(await policiesOn(album)).toMatchObject([{ id, scopes: ['view'] }]);
      expect(await daveGets(album)).toBe('200');
    });

    it('does not move a policy to another resource, her own or not', async () => {
      const album = await alice().album();
      const id = await alice().owner.share(share(album));
      for (const other of [await bob().album(), await alice().album()])
        expect(outcome(await alice().owner.replacePolicy(id, share(other)))).toBe('404 not_found');
      expect(await policiesOn(album)).toHaveLength(1);
    });

    it('refuses a scope that the resource does not have: invalid_scope', async () => {
      const album = await alice().album();
      expect(outcome(await alice().owner.addPolicy(share(album, { scopes: ['view', 'delete'] })))).toBe(
        '400 invalid_scope',
      );
      expect(await policiesOn(album)).toEqual([]);
    });
  });

  describe('changing and removing one', () => {
    it('replaces with the tag of what was read, and refuses an old one: 412', async () => {
      const album = await alice().album();
      const added = await alice().owner.addPolicy(share(album));
      const id = String(added.json()['id']);
      const put = (ifMatch: string, scopes: string[]) =>
        server().http.json('PUT', `/me/policies/${id}`, share(album, { scopes }), {
          bearer: alice().token,
          headers: { 'if-match': ifMatch },
        });
      const second = await put(added.headers.etag ?? '', ['print']);
      expect([second.status, second.headers.etag]).toEqual([200, '"2"']);
      expect(second.json()).toMatchObject({ id, scopes: ['print'], created_at: added.json()['created_at'] });
      for (const stale of ['"1"', '"7"', 'W/"2"', '2', 'x'])
        expect(outcome(await put(stale, ['view']))).toBe('412 precondition_failed');
      expect(await policiesOn(album)).toMatchObject([{ scopes: ['print'] }]);
      expect((await put('*', ['view'])).status).toBe(200);
      expect((await put('"2", W/"7" ,"3"', ['view'])).headers.etag).toBe('"4"');
    });

    it('removes it with the tag of what was read, alone or among others, and refuses an old one: 412', async () => {
      const album = await alice().album();
      const id = await alice().owner.share(share(album));
      await alice().owner.replacePolicy(id, share(album, { scopes: ['print'] }));
      const remove = (ifMatch: string) => {
        const headers = { 'if-match': ifMatch };
        return server().http.send({ method: 'DELETE', path: `/me/policies/${id}`, bearer: alice().token, headers });
      };
      for (const stale of ['"1"', '"1", "3"', 'W/"2"', '2', ''])
        expect(outcome(await remove(stale))).toBe('412 precondition_failed');
      expect(await policiesOn(album)).toMatchObject([{ id, scopes: ['print'] }]);
      expect((await remove('"1", "2"')).status).toBe(204);
      expect(await policiesOn(album)).toEqual([]);
      expect(outcome(await remove('"2"'))).toBe('404 not_found');
    });

    it('UG-42 withdraws at once what it no longer permits', async () => {
      const album = await alice().album();
      const id = await alice().owner.share(share(album));
      const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
      const rpt = await requestingParty(server(), DAVE, 'print-shop').rpt(ticket);
      expect((await alice().photos.introspect(rpt)).json()).toMatchObject({ active: true });
      expect((await alice().owner.replacePolicy(id, share(album, { scopes: ['print'] }))).status).toBe(200);
      expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
    });

    it('removes it once: 204, then 404', async () => {
      const album = await alice().album();
      const id = await alice().owner.share(share(album));
      const removed = await alice().owner.removePolicy(id);
      expect([removed.status, removed.text]).toEqual([204, '']);
      expect(outcome(await alice().owner.removePolicy(id))).toBe('404 not_found');
      expect(outcome(await alice().owner.get(`policies/${id}`))).toBe('404 not_found');
      expect(await daveGets(album)).not.toBe('200');
    });

    it('a policy that is over or not yet begun permits nothing', async () => {
      const album = await alice().album();
      const end = Date.now() + 4_000;
      await alice().owner.share(share(album, { expires_at: new Date(end).toISOString() }));
      await alice().owner.share(share(album, { not_before: inAnHour() }));
      await past(end);
      expect(await daveGets(album)).toBe('403 request_submitted');
    });

    it('goes with its resource', async () => {
      const album = await alice().album();
      const id = await alice().owner.share(share(album));
      expect((await alice().photos.remove(album)).status).toBe(204);
      expect(outcome(await alice().owner.get(`policies/${id}`))).toBe('404 not_found');
    });
  });

  describe('listing', () => {
    it('goes page by page through all of hers, each once, and none of others', async () => {
      const album = await alice().album();
      const other = await bob().album();
      const made = new Set<string>();
      for (let count = 0; count < 7; count += 1) made.add(await alice().owner.share(share(album)));
      const foreign = await bob().owner.share(share(other));
      const all = (await everyPage<{ id: string }>(alice().owner, 'policies?', 3)).map((policy) => policy.id);
      expect(new Set(all).size).toBe(all.length);
      expect([...made].filter((id) => !all.includes(id))).toEqual([]);
      expect(all).not.toContain(foreign);
      const ofAlbum = await everyPage<{ id: string }>(alice().owner, `policies?resource_id=${album}&`, 2);
      expect(new Set(ofAlbum.map((policy) => policy.id))).toEqual(made);
    });

    it.each(['resource_id=', 'resource_id=%00', 'resource_id=a&resource_id=b', 'resource_id=a%20b'])(
      'refuses the filter %s',
      async (query) => {
        expect(outcome(await alice().owner.get(`policies?${query}`))).toBe('400 invalid_request');
      },
    );

    it('finds nothing on another owner’s resource', async () => {
      const album = await bob().album();
      await bob().owner.share(share(album));
      expect(await policiesOn(album)).toEqual([]);
    });
  });
});

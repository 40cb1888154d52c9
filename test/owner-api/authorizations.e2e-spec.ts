import { setTimeout as wait } from 'node:timers/promises';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { requestingParty } from '../support/uma.js';
import { DAVE } from '../support/world.js';
import { everyPage, type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

interface AuthorizationJson {
  readonly grant_id: string;
  readonly origin: string;
  readonly client: { readonly client_id: string };
  readonly scopes: readonly { readonly scope: string; readonly name: string }[];
  readonly resources: readonly { readonly id: string }[];
  readonly last_used_at?: string;
}

const CONNECTIONS = [
  ...OWNERS_CONNECTIONS,
  { account: 'alice', client: 'print-shop', scope: 'photos.read photos.write' },
];

describeServer('{issuer}/me/authorizations', { connections: CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const all = () => everyPage<AuthorizationJson>(alice().owner, 'authorizations?', 50);
  /** Dave sees an album at the print shop. */
  const shared = async (album: string, scopes = ['view']) => {
    await alice().owner.share({ resource_id: album, subject: { type: 'anyone' }, scopes });
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: scopes });
    const answer = (await requestingParty(server(), DAVE, 'print-shop').present(ticket)).json<Tokens>();
    const { grant_id: grantId } = (await alice().photos.introspect(answer.access_token)).json<{ grant_id: string }>();
    return { rpt: answer.access_token, refreshToken: answer.refresh_token, grantId };
  };
  interface Tokens {
    readonly access_token: string;
    readonly refresh_token: string;
  }
  const read = async (id: string, languages = 'en') =>
    (
      await server().http.get(`/me/authorizations/${id}`, {
        bearer: alice().token,
        headers: { 'accept-language': languages },
      })
    ).json<AuthorizationJson>();

  it('IR-40 names client, publisher, scopes and resources as people know them, and holds no token value', async () => {
    const album = await alice().album('Winter');
    const { grantId, rpt } = await shared(album, ['view', 'print']);
    const authorization = await read(grantId);
    expect(authorization).toMatchObject({
      grant_id: grantId,
      origin: 'uma',
      state: 'active',
      client: { client_id: 'print-shop', name: 'Print shop', publisher: 'Shops Ltd' },
      requesting_party: { issuer: 'https://partner.example', subject: DAVE },
      token_type: 'Bearer',
    });
    expect(authorization.resources).toContainEqual(
      expect.objectContaining({ id: album, name: 'Winter', rs_name: 'Photo service' }),
    );
    expect(authorization.scopes).toContainEqual({ scope: 'view', name: 'See the photos' });
    expect(JSON.stringify(authorization)).not.toContain(rpt.slice(-20));
    expect(JSON.stringify(authorization)).not.toMatch(/vk_/);
  });

  it.each([
    ['de', 'Fotos ansehen'],
    ['de-AT, en;q=0.9', 'Fotos ansehen'],
    ['DE', 'Fotos ansehen'],
    ['fr, de;q=0.3, en;q=0.2', 'Fotos ansehen'],
    ['fr', 'See the photos'],
    ['', 'See the photos'],
    ['de;q=0', 'See the photos'],
    [`${'de,'.repeat(400)}`, 'See the photos'],
    ['__proto__, constructor;q=0.9, ;;;q=x', 'See the photos'],
  ])('IR-40 words scopes for Accept-Language %j', async (languages, wording) => {
    const { grantId } = await shared(await alice().album());
    const { scopes } = await read(grantId, languages);
    expect(scopes.find((scope) => scope.scope === 'view')?.name).toBe(wording);
  });

  it('IR-40 calls a scope without wording by its own name', async () => {
    const ofShop = (await all()).find((one) => one.origin === 'owner' && one.client.client_id === 'print-shop');
    expect(ofShop?.scopes).toContainEqual({ scope: 'photos.read', name: 'photos.read' });
  });

  it('IR-44 shows shares with people beside clients that she connected', async () => {
    const { grantId } = await shared(await alice().album());
    const seen = await all();
    expect(seen.map((one) => one.grant_id)).toContain(grantId);
    expect(new Set(seen.map((one) => one.origin))).toEqual(new Set(['owner', 'uma']));
    expect(seen.map((one) => one.client.client_id)).toEqual(expect.arrayContaining(['photo-service', 'owner-app']));
  });

  it('knows when it was last used, at the next look', async () => {
    const { rpt, grantId } = await shared(await alice().album());
    const before = Date.now();
    await wait(20);
    await alice().photos.introspect(rpt);
    const lastUse = Date.parse((await read(grantId)).last_used_at ?? '');
    expect(lastUse).toBeGreaterThanOrEqual(before);
    expect(lastUse).toBeLessThanOrEqual(Date.now());
  });

  it('IR-42 IR-43 ends with all its tokens: introspection and refresh know it at once', async () => {
    const album = await alice().album();
    const { rpt, refreshToken, grantId } = await shared(album);
    expect((await alice().photos.introspect(rpt)).json()).toMatchObject({ active: true });
    const ended = await alice().owner.endAuthorization(grantId);
    expect([ended.status, ended.text]).toEqual([204, '']);
    expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
    expect(outcome(await clientOf(server(), 'print-shop').refresh(refreshToken))).toBe('400 invalid_grant');
    expect((await all()).map((one) => one.grant_id)).not.toContain(grantId);
    expect(outcome(await alice().owner.endAuthorization(grantId))).toBe('404 not_found');
  });

  it('IR-43 asks her again afterwards, though the policy is still there', async () => {
    const album = await alice().album();
    const { grantId } = await shared(album);
    await alice().owner.endAuthorization(grantId);
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const answer = await requestingParty(server(), DAVE, 'print-shop').present(ticket);
    expect(outcome(answer)).toBe('403 request_submitted');
  });

  it('IR-42 a client that she connected ends likewise', async () => {
    const token = server().connections[4]?.access_token ?? '';
    const refresh = server().connections[4]?.refresh_token ?? '';
    const shop = clientOf(server(), 'print-shop');
    expect((await shop.introspect(token)).json()).toMatchObject({ active: true });
    const { grant_id: grantId } = (await shop.introspect(token)).json<{ grant_id: string }>();
    expect((await alice().owner.endAuthorization(grantId)).status).toBe(204);
    expect((await shop.introspect(token)).json()).toEqual({ active: false });
    expect(outcome(await shop.refresh(refresh))).toBe('400 invalid_grant');
  });

  it('IR-41 is nobody else’s: 404, and it goes on', async () => {
    const { rpt, grantId } = await shared(await alice().album());
    expect(outcome(await bob().owner.get(`authorizations/${grantId}`))).toBe('404 not_found');
    expect(outcome(await bob().owner.endAuthorization(grantId))).toBe('404 not_found');
    const theirs = await everyPage<AuthorizationJson>(bob().owner, 'authorizations?', 50);
    expect(theirs.map((one) => one.grant_id)).not.toContain(grantId);
    expect((await alice().photos.introspect(rpt)).json()).toMatchObject({ active: true });
  });

  it('of endings at the same time one finds it, the others do not', async () => {
    const { grantId } = await shared(await alice().album());
    const answers = await Promise.all(Array.from({ length: 20 }, () => alice().owner.endAuthorization(grantId)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, ...Array<number>(19).fill(404)]);
  });

  it('goes page by page through all of hers, each once', async () => {
    const everything = (await all()).map((one) => one.grant_id);
    const paged = await everyPage<AuthorizationJson>(alice().owner, 'authorizations?', 1);
    expect(paged.map((one) => one.grant_id).sort()).toEqual([...everything].sort());
    const first = (await alice().owner.get('authorizations?limit=200')).json<ListJson>();
    expect(first.next_cursor).toBeUndefined();
  });
});

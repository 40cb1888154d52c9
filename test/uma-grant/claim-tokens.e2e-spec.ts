import { SignJWT } from 'jose';

import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { createIdentityProvider, type IdTokenOptions } from '../support/identity-provider.js';
import type { Server } from '../support/server.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE, ID_TOKEN_FORMAT } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';

const SAML_FORMAT = 'urn:ietf:params:oauth:token-type:saml2';
const HOUR = 3600;

const seconds = () => Math.floor(Date.now() / 1000);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A good ID token about carol, changed as given. */
const carolsToken = ({ world, issuer }: Server, changes: Partial<IdTokenOptions> = {}) =>
  world.partner.idToken({ subject: CAROL, audience: issuer, ...changes });
const withClaims = (claims: Record<string, unknown>) => (server: Server) => carolsToken(server, { claims });
const withHeader = (header: Record<string, unknown>) => (server: Server) => carolsToken(server, { header });
const withAudience = (audience: (issuer: string) => unknown) => (server: Server) =>
  carolsToken(server, { claims: { aud: audience(server.issuer) } });

/** The good token with another header or signature, as if nobody looked. */
const reassembled = (change: (parts: string[]) => string[]) => async (server: Server) =>
  change((await carolsToken(server)).split('.')).join('.');
const unsigned = (alg: unknown) =>
  reassembled(([, payload = '']) => [encoded({ ...(alg !== undefined && { alg }), typ: 'JWT' }), payload, '']);

async function ofForeignKey(server: Server, embedded = false): Promise<string> {
  const impostor = await createIdentityProvider(server.world.partner.issuer);
  const [{ kid } = {}] = server.world.partner.jwks.keys;
  const header = embedded ? { kid, jwk: impostor.jwks.keys[0] } : { kid };
  return impostor.idToken({ subject: CAROL, audience: server.issuer, header });
}

async function macWithPublicKey(server: Server): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(server.world.partner.jwks.keys[0]));
  const claims = { iss: server.world.partner.issuer, sub: CAROL, aud: server.issuer, iat: seconds() };
  return new SignJWT({ ...claims, exp: seconds() + 300 }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

async function ownAccessToken(server: Server): Promise<string> {
  return textMember(
    await clientOf(server, 'signed-shop').clientCredentials({ scope: 'photos.read' }),
    200,
    'access_token',
  );
}

type Forgery = readonly [what: string, token: (server: Server) => string | Promise<string>];

const FORGERIES: readonly Forgery[] = [
  ...['none', 'None', 'nOnE', '', null, undefined, ['none']].map((alg): Forgery => [
    `with alg ${JSON.stringify(alg)} and no signature`,
    unsigned(alg),
  ]),
  ...['carol\0', 'ca\nrol', '\ud800'].map((subject): Forgery => [
    `whose subject is ${JSON.stringify(subject)}`,
    (server) => carolsToken(server, { subject }),
  ]),
  ['of a foreign key under the name of the right one', (server) => ofForeignKey(server)],
  ['of a key that it brings itself', (server) => ofForeignKey(server, true)],
  ['with the public key as a MAC secret', macWithPublicKey],
  ['with half a signature', reassembled(([a = '', b = '', c = '']) => [a, b, c.slice(0, 40)])],
  ['with another payload', reassembled(([a = '', , c = '']) => [a, encoded({ sub: CAROL }), c])],
  ['with an unencoded payload (b64)', withHeader({ b64: false })],
  ...['at+jwt', 'dpop+jwt', 'logout+jwt', 'secevent+jwt', 'oauth-authz-req+jwt'].map((typ): Forgery => [
    `of type ${typ}`,
    withHeader({ typ }),
  ]),
  ['for nobody', withAudience(() => undefined)],
  ['for an empty list', withAudience(() => [])],
  ['for the client', withAudience(() => 'print-shop')],
  ['for the token endpoint', withAudience((issuer) => `${issuer}/token`)],
  ['for the issuer with a slash', withAudience((issuer) => `${issuer}/`)],
  ['for a prefix of the issuer', withAudience((issuer) => issuer.slice(0, -1))],
  ['for somebody else besides', withAudience((issuer) => [issuer, 'https://elsewhere.example'])],
  ['of an unknown issuer', withClaims({ iss: 'https://evil.example' })],
  ['of the issuer with a slash', withClaims({ iss: 'https://partner.example/' })],
  ['of a list of issuers', withClaims({ iss: ['https://partner.example'] })],
  ['of no issuer', withClaims({ iss: undefined })],
  ['that names this server as its issuer', (server) => carolsToken(server, { claims: { iss: server.issuer } })],
  ['that has expired', withClaims({ iat: seconds() - 500, exp: seconds() - 200 })],
  ['without an end', withClaims({ exp: undefined })],
  ['that ends never', withClaims({ exp: '2999-01-01' })],
  ['that is not valid yet', withClaims({ nbf: seconds() + HOUR })],
  ['from the future', withClaims({ iat: seconds() + HOUR, exp: seconds() + 2 * HOUR })],
  ['of unknown age', withClaims({ iat: undefined })],
  ['of yesterday', withClaims({ iat: seconds() - 24 * HOUR, exp: seconds() + 365 * 24 * HOUR })],
  ...[undefined, null, '', 7, true, ['carol-1'], { like: '%' }, 'x'.repeat(256)].map((sub): Forgery => [
    `about ${JSON.stringify(sub)?.slice(0, 20)}`,
    withClaims({ sub }),
  ]),
  ['numbered by a number', withClaims({ jti: 7 })],
  ['that is an access token of this server', ownAccessToken],
  ['that is plain claims', () => encoded({ iss: 'https://partner.example', sub: CAROL })],
  ['in JSON serialisation', reassembled(([a, b, c]) => [encoded({ protected: a, payload: b, signature: c })])],
  ['wrapped twice', async (server) => Buffer.from(encoded(await carolsToken(server))).toString('base64url')],
  ['with the scheme of a header', async (server) => `Bearer ${await carolsToken(server)}`],
  ['with four parts', async (server) => `${await carolsToken(server)}.x`],
  ['of dots', () => '.'.repeat(1000)],
  ['of 20 kB', withClaims({ filler: 'x'.repeat(20_000) })],
];

describeServer('UMA grant: pushed claims', { connections: ALICES_CONNECTIONS }, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');
  const carolsAlbum = async () => {
    const album = await alice().album();
    await album.share(CAROLS_ACCOUNT, ['view']);
    return album;
  };

  describe('OpenID Connect Core §3.1.3.7: what is believed (attack class 139)', () => {
    it.each(FORGERIES)('UG-31 asks again for claims after an ID token %s', async (_what, forged) => {
      const album = await carolsAlbum();
      const refused = await shop().rpt(await album.ticket('view'), pushed(await forged(server())));
      expect(outcome(refused)).toBe('403 need_info');
      expect(refused.json()).not.toHaveProperty('pct');
      // Nothing of it was kept: the next ticket still needs an honest token.
      const unknown = await shop().rpt(textMember(refused, 403, 'ticket'));
      expect(outcome(unknown)).toBe('403 request_denied');
    });

    it.each([
      ['as it is', (token: string) => token],
      ['wrapped in base64url', (token: string) => Buffer.from(token).toString('base64url')],
    ])('UG-10 accepts an ID token %s, after a forged one too', async (_what, form) => {
      const album = await carolsAlbum();
      const refused = await shop().rpt(await album.ticket('view'), pushed(await unsigned('none')(server())));
      const token = form(await carolsToken(server()));
      const granted = await shop().rpt(textMember(refused, 403, 'ticket'), pushed(token));
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([album.on('view')]);
    });

    it('accepts a token for a list that has nobody but this server in it, and one without a type', async () => {
      for (const change of [{ audience: [server().issuer] }, { header: { typ: undefined } }]) {
        const ticket = await (await carolsAlbum()).ticket('view');
        expect(outcome(await shop().rpt(ticket, pushed(await carolsToken(server(), change))))).toBe('200');
      }
    });

    it.each([
      ['in its second use', {}],
      ['in its second use, where it has no number', { jti: undefined }],
    ])('refuses a token %s, at another client and wrapped, too (attack class 93)', async (_what, claims) => {
      const album = await carolsAlbum();
      const token = await carolsToken(server(), { claims });
      expect(outcome(await shop().rpt(await album.ticket('view'), pushed(token)))).toBe('200');
      for (const client of ['print-shop', 'other-shop'] as const)
        for (const again of [token, Buffer.from(token).toString('base64url')]) {
          const refused = await clientOf(server(), client).rpt(await album.ticket('view'), pushed(again));
          expect(outcome(refused)).toBe('403 need_info');
        }
    });

    it.each([SAML_FORMAT, 'urn:ietf:params:oauth:token-type:jwt', ID_TOKEN_FORMAT.toUpperCase(), 'json'])(
      'does not look at a token in the format %s, and leaves it good for its own',
      async (format) => {
        const album = await carolsAlbum();
        const token = await carolsToken(server());
        const form = { claim_token: token, claim_token_format: format };
        const refused = await shop().rpt(await album.ticket('view'), form);
        expect(outcome(refused)).toBe('403 need_info');
        expect(outcome(await shop().rpt(textMember(refused, 403, 'ticket'), pushed(token)))).toBe('200');
      },
    );
  });

  describe('who the requesting party is (attack class 145)', () => {
    it('links an account by issuer and subject, and tells the owner both', async () => {
      const album = await alice().album();
      await requestingParty(server(), CAROL, 'print-shop').present(await album.ticket('view'));
      const { requesting_party: party, client } = await alice().pendingRequest(album);
      expect(party).toEqual({ issuer: server().world.partner.issuer, subject: CAROL, account_id: 'carol' });
      expect(client.client_id).toBe('print-shop');
    });

    it.each([
      ['the e-mail address of another', { email: 'alice@example.org', email_verified: true }],
      ['the name of the account', { preferred_username: 'carol', account_id: 'carol', accountId: 'carol' }],
    ])('links no account by %s', async (_what, claims) => {
      const album = await carolsAlbum();
      await album.share({ type: 'account', account_id: 'alice' }, ['view']);
      const token = await carolsToken(server(), { subject: DAVE, claims });
      const refused = await shop().rpt(await album.ticket('view'), pushed(token));
      expect(outcome(refused)).toBe('403 request_submitted');
      expect((await alice().pendingRequest(album)).requesting_party).not.toHaveProperty('account_id');
    });

    it.each(['Carol-1', 'carol-1 ', ' carol-1', 'carol-1\u0000', 'c\u0430rol-1', 'carol-1%', 'carol_1'])(
      'takes the subject %j for nobody but itself (attack class 90)',
      async (subject) => {
        const album = await carolsAlbum();
        await album.share({ type: 'partner', issuer: server().world.partner.issuer, subject: CAROL }, ['view']);
        const refused = await requestingParty(server(), subject, 'print-shop').present(await album.ticket('view'));
        expect(refused.status).toBe(403);
        expect(refused.json()).not.toHaveProperty('access_token');
      },
    );

    it('shows the owner an e-mail address only where its issuer has verified it', async () => {
      for (const [verified, shown] of [
        [true, { email: 'dave@example.org' }],
        ['true', {}],
        [false, {}],
      ] as const) {
        const album = await alice().album();
        const claims = { name: 'Dave Doe', email: 'dave@example.org', email_verified: verified };
        const token = await carolsToken(server(), { subject: DAVE, claims });
        await shop().rpt(await album.ticket('view'), pushed(token));
        const { requesting_party: party } = await alice().pendingRequest(album);
        const { issuer } = server().world.partner;
        expect(party).toEqual({ issuer, subject: DAVE, name: 'Dave Doe', ...shown });
      }
    });
  });

  describe('claims that must not travel (attack classes 92, 140)', () => {
    const facts = {
      scope: 'view print admin',
      client_id: 'other-shop',
      resource_owner: 'alice',
      owner: 'account:carol',
      act: { sub: 'alice' },
      may_act: { sub: 'alice' },
      cnf: { jkt: 'mallory-key' },
      permissions: [{ resource_id: '*', resource_scopes: ['admin'] }],
      roles: ['admin'],
      acr: 'mallory-acr',
      time: '2999-01-01T00:00:00Z',
      ip: '203.0.113.99',
      email: 'mallory@example.org',
      isAdmin: true,
      constructor: 'mallory',
    };

    it('puts nothing of an ID token into RPT, introspection or answer', async () => {
      const album = await carolsAlbum();
      const token = await carolsToken(server(), { claims: facts });
      const granted = await shop().rpt(await album.ticket('view'), pushed(token));
      expect(Object.keys(granted.json()).sort()).toEqual([
        'access_token',
        'expires_in',
        'pct',
        'refresh_token',
        'token_type',
      ]);
      const introspected = await alice().photos.introspect(textMember(granted, 200, 'access_token'));
      expect(Object.keys(introspected.json()).sort()).toEqual(
        [
          'active',
          'aud',
          'client_id',
          'exp',
          'grant_id',
          'iat',
          'iss',
          'jti',
          'permissions',
          'sub',
          'token_type',
        ].sort(),
      );
      expect(introspected.json()).toMatchObject({ client_id: 'print-shop', permissions: [album.on('view')] });
      expect(`${granted.text}${introspected.text}`).not.toMatch(/mallory|admin|203\.0\.113|carol/i);
    });

    it.each([['scope'], ['client_id'], ['roles'], ['permissions'], ['sub'], ['iss'], ['constructor'], ['__proto__']])(
      'a policy about the claim %s permits nothing: such facts are not a partner’s to tell',
      async (claim) => {
        const album = await alice().album();
        const { issuer } = server().world.partner;
        const values = { ...facts, sub: CAROL, iss: issuer, roles: 'admin', permissions: 'admin' };
        const value = String((values as Record<string, unknown>)[claim] ?? 'admin');
        await album.share({ type: 'claim', issuer, claim, value }, ['view']);
        const claims = { ...facts, roles: ['admin'], permissions: ['admin'] };
        const refused = await shop().rpt(await album.ticket('view'), pushed(await carolsToken(server(), { claims })));
        expect(outcome(refused)).toBe('403 request_submitted');
      },
    );

    it('claims about time, client and owner open no window and no other client’s policy', async () => {
      const album = await alice().album();
      await album.share(CAROLS_ACCOUNT, ['view'], { not_before: `${new Date().getUTCFullYear() + 2}-01-01T00:00:00Z` });
      await album.share(CAROLS_ACCOUNT, ['view'], { client_id: 'other-shop' });
      await album.share({ type: 'client' }, ['view'], { client_id: 'other-shop' });
      const refused = await shop().rpt(
        await album.ticket('view'),
        pushed(await carolsToken(server(), { claims: facts })),
      );
      expect(outcome(refused)).toBe('403 request_submitted');
      expect((await alice().pendingRequest(album)).client.client_id).toBe('print-shop');
    });
  });
});

import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { ownerApi, protectionApi, requestingParty, textMember } from '../support/uma.js';
import { type ClientName, DAVE } from '../support/world.js';
import { logged } from '../support/logged.js';

const CONNECTIONS = [
  { account: 'alice', client: 'print-shop', scope: 'photos.read', count: 3 },
  { account: 'alice', client: 'signed-shop', scope: 'photos.read', count: 2 },
  { account: 'alice', client: 'public-app', scope: 'photos.read', count: 2 },
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const isEmpty200 = (answer: Answer) => answer.status === 200 && answer.text === '';

describeServer('RFC 7009: revocation', { connections: CONNECTIONS }, (server) => {
  const connection = (index: number) => {
    const { access_token: access, refresh_token: refresh = '' } = server().connections[index] ?? { access_token: '' };
    return { access, refresh };
  };
  const isActive = async (token: string, who: ClientName = 'photo-service') =>
    (await clientOf(server(), who).introspect(token)).json().active;
  const revoke = (token: string, who: ClientName = 'print-shop', hint?: string) =>
    clientOf(server(), who).revoke(token, hint);
  const fresh = async (who: ClientName) =>
    textMember(await clientOf(server(), who).clientCredentials({ scope: 'photos.read' }), 200, 'access_token');

  it('IR-30 a refresh token takes the access tokens of its family with it, at once', async () => {
    const { access, refresh } = connection(0);
    const next = await clientOf(server(), 'print-shop').refresh(refresh);
    const [access2, refresh2] = [textMember(next, 200, 'access_token'), textMember(next, 200, 'refresh_token')];
    expect(await isActive(access2)).toBe(true);
    expect(isEmpty200(await revoke(refresh2))).toBe(true);
    expect([await isActive(access), await isActive(access2)]).toEqual([false, false]);
    expect(outcome(await clientOf(server(), 'print-shop').refresh(refresh2))).toEqual([400, 'invalid_grant']);
  });

  it('IR-30, IR-32 a refresh token takes JWT access tokens with it', async () => {
    const { access, refresh } = connection(3);
    expect(await isActive(access)).toBe(true);
    await revoke(refresh, 'signed-shop');
    expect(await isActive(access)).toBe(false);
  });

  it.each([
    ['an access token', 1, 'print-shop'],
    ['a JWT access token', 4, 'signed-shop'],
  ] as const)('IR-31 revoking %s leaves the refresh token', async (_what, index, client) => {
    const { access, refresh } = connection(index);
    await revoke(access, client);
    expect(await isActive(access)).toBe(false);
    const next = await clientOf(server(), client).refresh(refresh);
    expect(await isActive(textMember(next, 200, 'access_token'))).toBe(true);
  });

  it.each(['print-shop', 'other-shop', 'signed-shop'] as const)(
    'IR-32 revokes a token of %s at once, and stays at that when asked again',
    async (client) => {
      const [token, other] = [await fresh(client), await fresh(client)];
      expect(await isActive(token)).toBe(true);
      for (let time = 0; time < 2; time += 1) {
        expect(isEmpty200(await revoke(token, client))).toBe(true);
        expect(await isActive(token)).toBe(false);
      }
      expect(await isActive(other)).toBe(true);
    },
  );

  it('IR-32 keeps a revoked JWT refused over a restart', async () => {
    const token = await fresh('signed-shop');
    await revoke(token, 'signed-shop');
    await server().restart();
    expect(await isActive(token)).toBe(false);
  });

  it('IR-33 a public client revokes by possession of its token', async () => {
    const { access, refresh } = connection(5);
    expect(await isActive(access)).toBe(true);
    expect(isEmpty200(await revoke(refresh, 'public-app'))).toBe(true);
    expect(await isActive(access)).toBe(false);
  });

  it.each([
    'x',
    'a.b.c',
    `vk_at_${'A'.repeat(49)}`,
    'vk_rt_',
    '\u{1f511}',
    "'; DROP TABLE token; --",
    'x'.repeat(30_000),
  ])('IR-33 answers the unknown token %.20j with 200 and nothing', async (token) => {
    expect(isEmpty200(await revoke(token))).toBe(true);
    expect(isEmpty200(await revoke(token, 'public-app'))).toBe(true);
  });

  it.each(['refresh_token', 'pct', 'nonsense', 'access_token', '__proto__'])(
    'IR-34 finds the access token with the hint %s',
    async (hint) => {
      const token = await fresh('print-shop');
      expect(isEmpty200(await revoke(token, 'print-shop', hint))).toBe(true);
      expect(await isActive(token)).toBe(false);
    },
  );

  it.each([
    ['an opaque access token', 'print-shop', 'other-shop'],
    ['a JWT access token', 'signed-shop', 'print-shop'],
    ['an access token, by a public client', 'print-shop', 'public-app'],
  ] as const)(
    'refuses to revoke %s of another client: unauthorized_client, nothing revoked (attack class 69)',
    async (_what, owner, thief) => {
      const token = await fresh(owner);
      expect(outcome(await revoke(token, thief))).toEqual([400, 'unauthorized_client']);
      expect(await isActive(token)).toBe(true);
      await logged(server(), 'revocation_of_foreign_token');
      expect(server().log()).not.toContain(token);
    },
  );

  it('refuses to revoke a refresh token of another client, which stays good', async () => {
    const { access, refresh } = connection(2);
    expect(outcome(await revoke(refresh, 'other-shop'))).toEqual([400, 'unauthorized_client']);
    expect(await isActive(access)).toBe(true);
    expect((await clientOf(server(), 'print-shop').refresh(refresh)).status).toBe(200);
  });

  it('refuses a client that does not prove who it is: invalid_client, nothing revoked', async () => {
    const token = await fresh('print-shop');
    const wrong = { clientId: 'print-shop', method: 'client_secret_basic', secret: 'x'.repeat(40) } as const;
    expect(outcome(await clientOf(server(), wrong).revoke(token))).toEqual([401, 'invalid_client']);
    expect(outcome(await server().http.form('/revoke', { token }))).toEqual([401, 'invalid_client']);
    const claimed = await server().http.form('/revoke', { token, client_id: 'print-shop' });
    expect(outcome(claimed)).toEqual([401, 'invalid_client']);
    expect(outcome(await server().http.form('/revoke', { token }, { bearer: token }))).toEqual([401, 'invalid_client']);
    expect(await isActive(token)).toBe(true);
  });

  it('needs the parameter token, once: invalid_request', async () => {
    const shop = clientOf(server(), 'print-shop');
    expect(outcome(await shop.post('/revoke', {}))).toEqual([400, 'invalid_request']);
    expect(outcome(await shop.post('/revoke', { token: '' }))).toEqual([400, 'invalid_request']);
    const token = await fresh('print-shop');
    const twice = await shop.post('/revoke', [
      ['token', token],
      ['token', token],
    ]);
    expect(outcome(twice)).toEqual([400, 'invalid_request']);
    expect(await isActive(token)).toBe(true);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('IR-36 answers %s with 405: no JSONP', async (method) => {
    const token = await fresh('print-shop');
    const answer = await server().http.send({ method, path: `/revoke?token=${token}&callback=go` });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    expect(await isActive(token)).toBe(true);
    expect(server().log()).not.toContain(token);
  });

  it('IR-35, UG-43 an RPT ends with its refresh token, and alone when it is revoked itself', async () => {
    const photos = protectionApi(server(), connection(7).access);
    const id = await photos.register({ resource_scopes: ['view'] });
    const subject = { type: 'partner', issuer: server().world.partner.issuer, subject: DAVE };
    await ownerApi(server(), connection(8).access).share({ resource_id: id, subject, scopes: ['view'] });
    const granted = async () => {
      const ticket = await photos.ticket({ resource_id: id, resource_scopes: ['view'] });
      return requestingParty(server(), DAVE, 'print-shop').present(ticket);
    };
    const isLive = async (rpt: string) => (await photos.introspect(rpt)).json().active;

    const first = await granted();
    const refreshed = await clientOf(server(), 'print-shop').refresh(textMember(first, 200, 'refresh_token'));
    const rpts = [first, refreshed].map((answer) => textMember(answer, 200, 'access_token'));
    expect(await Promise.all(rpts.map(isLive))).toEqual([true, true]);
    await revoke(textMember(refreshed, 200, 'refresh_token'));
    expect(await Promise.all(rpts.map(isLive))).toEqual([false, false]);

    const second = await granted();
    await revoke(textMember(second, 200, 'access_token'), 'print-shop', 'access_token');
    expect(await isLive(textMember(second, 200, 'access_token'))).toBe(false);
    const again = await clientOf(server(), 'print-shop').refresh(textMember(second, 200, 'refresh_token'));
    expect(await isLive(textMember(again, 200, 'access_token'))).toBe(true);
  });

  it('IR-32 loses none of 40 revocations that come at once with their refreshes', async () => {
    const { refresh } = connection(6);
    const shop = clientOf(server(), 'public-app');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? shop.refresh(refresh) : shop.revoke(refresh))),
    );
    expect(answers.filter((_, index) => index % 2 === 0).every(isEmpty200)).toBe(true);
    await wait(50);
    const access = answers.filter((answer) => answer.text !== '' && answer.status === 200);
    for (const answer of access) expect(await isActive(textMember(answer, 200, 'access_token'))).toBe(false);
    expect(outcome(await shop.refresh(refresh))).toEqual([400, 'invalid_grant']);
  });
});

import { decodeJwt } from 'jose';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import type { Answer } from '../support/http.js';
import { textMember } from '../support/uma.js';
import { type ClientName, OTHERS, PHOTOS } from '../support/world.js';
import { logged } from '../support/logged.js';

const SCOPES = 'photos.read photos.write';
/** How many families of each client there are: a test takes one. */
const FAMILIES = { 'print-shop': 15, 'public-app': 3, 'signed-shop': 2 };

const connections = Object.entries(FAMILIES).map(([client, count]) => {
  return { account: 'alice', client, count, scope: client === 'public-app' ? 'photos.read' : SCOPES };
});
const options = { connections, config: { tokens: { refresh_token_grace: '60s' } } };
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const REFUSED = [400, 'invalid_grant'];

describeServer('RFC 6749 6: refresh tokens', options, (server) => {
  const taken: Partial<Record<string, number>> = {};
  /** A family that no other test touches. */
  const family = (client: keyof typeof FAMILIES = 'print-shop') => {
    const names = Object.entries(FAMILIES);
    const place = names.findIndex(([name]) => name === client);
    const before = names.slice(0, place).reduce((sum, [, count]) => sum + count, 0);
    const number = (taken[client] ?? -1) + 1;
    taken[client] = number;
    const connection = server().connections[before + number];
    if (number >= FAMILIES[client] || !connection?.refresh_token) throw new Error(`${client} has no family left`);
    return { access: connection.access_token, refresh: connection.refresh_token };
  };
  beforeAll(() => Object.keys(taken).forEach((client) => delete taken[client]));

  const refresh = (token: string, form = {}, client: ClientName = 'print-shop') =>
    clientOf(server(), client).refresh(token, form);
  const nextOf = (answer: Answer) => ({
    access: textMember(answer, 200, 'access_token'),
    refresh: textMember(answer, 200, 'refresh_token'),
  });
  const isActive = async (token: string) => {
    const answer = await clientOf(server(), 'photo-service').introspect(token);
    return answer.json().active;
  };

  describe('rotation', () => {
    it('CO-07 gives another refresh token at every use, and names the scope', async () => {
      const first = family();
      const answer = await refresh(first.refresh);
      expect(answer.json()).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: SCOPES });
      const second = nextOf(answer);
      const third = nextOf(await refresh(second.refresh));
      expect(new Set([first, second, third].flatMap(Object.values)).size).toBe(6);
      for (const { access } of [first, second, third]) expect(await isActive(access)).toBe(true);
    });

    it('CO-07 ends the family when a token comes back whose successor was used', async () => {
      const first = family();
      const second = nextOf(await refresh(first.refresh));
      const third = nextOf(await refresh(second.refresh));
      expect(outcome(await refresh(first.refresh))).toEqual(REFUSED);
      expect(outcome(await refresh(third.refresh))).toEqual(REFUSED);
      for (const { access } of [first, second, third]) expect(await isActive(access)).toBe(false);
      await logged(server(), 'refresh_token_reused');
    });

    it('CO-07 does not end another family of the same client and owner', async () => {
      const [one, other] = [family(), family()];
      const second = nextOf(await refresh(one.refresh));
      await refresh(second.refresh);
      await refresh(one.refresh);
      expect(await isActive(other.access)).toBe(true);
      nextOf(await refresh(other.refresh));
    });
  });

  describe('a lost answer', () => {
    it('CO-07 answers the same token once more, and the family lives on with the second successor', async () => {
      const first = family();
      await refresh(first.refresh);
      const second = nextOf(await refresh(first.refresh));
      nextOf(await refresh(second.refresh));
    });

    it('CO-07 ends the family when a successor given up for lost appears: somebody else asked again (attack class 46)', async () => {
      const first = family();
      const owned = nextOf(await refresh(first.refresh));
      const stolen = nextOf(await refresh(first.refresh));
      expect(outcome(await refresh(owned.refresh))).toEqual(REFUSED);
      expect(outcome(await refresh(stolen.refresh))).toEqual(REFUSED);
      expect(await isActive(stolen.access)).toBe(false);
    });

    it('CO-07 answers it no third time, and harms nothing', async () => {
      const first = family();
      await refresh(first.refresh);
      const second = nextOf(await refresh(first.refresh));
      expect(outcome(await refresh(first.refresh))).toEqual(REFUSED);
      expect(await isActive(second.access)).toBe(true);
      nextOf(await refresh(second.refresh));
    });
  });

  it('CO-07 of 100 at once with one token at most two are answered, and one successor lives (attack class 47)', async () => {
    const first = family();
    const answers = await Promise.all(Array.from({ length: 100 }, () => refresh(first.refresh)));
    const granted = answers.filter((answer) => answer.status === 200);
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(granted.length).toBeGreaterThanOrEqual(1);
    expect(granted.length).toBeLessThanOrEqual(2);
    expect(refused.map(outcome)).toEqual(refused.map(() => REFUSED));
    const introspected = await Promise.all(
      granted.map(nextOf).map(({ refresh: successor }) => clientOf(server(), 'print-shop').introspect(successor)),
    );
    expect(introspected.filter((answer) => answer.json().active)).toHaveLength(1);
  });

  describe('scope and audience', () => {
    it('CO-08 narrows one access token and leaves the grant as it is (attack class 49)', async () => {
      const first = family();
      const narrow = await refresh(first.refresh, { scope: 'photos.read' });
      expect(narrow.json().scope).toBe('photos.read');
      const seen = await clientOf(server(), 'photo-service').introspect(nextOf(narrow).access);
      expect(seen.json().scope).toBe('photos.read');
      const whole = await refresh(nextOf(narrow).refresh, { scope: SCOPES });
      expect(whole.json().scope).toBe(SCOPES);
    });

    it.each(['photos.read view', 'uma_protection', 'photos.read\t', '"'])(
      'CO-08 refuses the scope %j with invalid_scope and does not use the token up',
      async (scope) => {
        // One family serves all four: a refused request changes nothing.
        shared ??= family();
        const answer = await refresh(shared.refresh, { scope });
        expect([400, answer.json().error]).toEqual(outcome(answer));
        expect(['invalid_scope', 'invalid_request']).toContain(answer.json().error);
        expect(await isActive(shared.access)).toBe(true);
      },
    );
    let shared: { access: string; refresh: string } | undefined;
    beforeAll(() => (shared = undefined));

    it('CO-08, RI-02 takes the resource of the grant and no other', async () => {
      const first = family();
      for (const resource of [OTHERS, server().issuer, 'https://photos.example/', 'photos', `${PHOTOS}#x`])
        expect(outcome(await refresh(first.refresh, { resource }))).toEqual([400, 'invalid_target']);
      const two = await clientOf(server(), 'print-shop').token([
        ['grant_type', 'refresh_token'],
        ['refresh_token', first.refresh],
        ['resource', PHOTOS],
        ['resource', OTHERS],
      ]);
      expect(outcome(two)).toEqual([400, 'invalid_target']);
      const same = nextOf(await refresh(first.refresh, { resource: PHOTOS }));
      expect((await clientOf(server(), 'photo-service').introspect(same.access)).json().aud).toBe(PHOTOS);
    });
  });

  describe('whose token it is', () => {
    it('CO-08 refuses the token of another client, and it stays good for its own (attack class 48)', async () => {
      const first = family();
      for (const client of ['other-shop', 'signed-shop', 'public-app'] as const)
        expect(outcome(await refresh(first.refresh, {}, client))).toEqual(REFUSED);
      await logged(server(), 'refresh_token_of_another_client');
      nextOf(await refresh(first.refresh));
    });

    it('CO-07, CO-18 rotates the token of a public client, which sends its client_id', async () => {
      const first = family('public-app');
      const { http } = server();
      const nobody = await http.form('/token', { grant_type: 'refresh_token', refresh_token: first.refresh });
      expect(outcome(nobody)).toEqual([401, 'invalid_client']);
      const second = nextOf(await refresh(first.refresh, {}, 'public-app'));
      nextOf(await refresh(second.refresh, {}, 'public-app'));
      expect(outcome(await refresh(first.refresh, {}, 'public-app'))).toEqual(REFUSED);
      expect(await isActive(second.access)).toBe(false);
    });

    it('CO-07 ends the JWT access tokens of a family too', async () => {
      const first = family('signed-shop');
      const second = nextOf(await refresh(first.refresh, {}, 'signed-shop'));
      expect(decodeJwt(second.access)).toMatchObject({ client_id: 'signed-shop', aud: PHOTOS, scope: SCOPES });
      expect(decodeJwt(second.access).sub).toBe(decodeJwt(first.access).sub);
      nextOf(await refresh(second.refresh, {}, 'signed-shop'));
      expect([await isActive(first.access), await isActive(second.access)]).toEqual([true, true]);
      await refresh(first.refresh, {}, 'signed-shop');
      expect([await isActive(first.access), await isActive(second.access)]).toEqual([false, false]);
    });
  });

  it('refuses what is no refresh token with invalid_grant (attack classes 41, 45)', async () => {
    const first = family();
    const flipped = first.refresh.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const values = [first.access, flipped, first.refresh.toUpperCase(), `${first.refresh}x`, 'x', "' OR 1=1 --", '{}'];
    for (const value of values) expect(outcome(await refresh(value))).toEqual(REFUSED);
    nextOf(await refresh(first.refresh));
  });

  it('needs the parameter refresh_token: invalid_request', async () => {
    expect(outcome(await refresh(''))).toEqual([400, 'invalid_request']);
  });
});

const SHORT = {
  connections: [{ account: 'alice', client: 'print-shop', scope: SCOPES }],
  config: { tokens: { refresh_token_grace: '1s' } },
};

describeServer('RFC 6749 6: refresh tokens after the grace time', SHORT, (server) => {
  it('CO-07 ends the family when a token comes back after the grace time', async () => {
    const shop = clientOf(server(), 'print-shop');
    const first = server().connections[0]?.refresh_token ?? '';
    const answer = await shop.refresh(first);
    await past(Date.now() + 1_000);
    expect(outcome(await shop.refresh(first))).toEqual(REFUSED);
    expect(outcome(await shop.refresh(textMember(answer, 200, 'refresh_token')))).toEqual(REFUSED);
    const access = textMember(answer, 200, 'access_token');
    expect((await clientOf(server(), 'photo-service').introspect(access)).json()).toEqual({ active: false });
  });
});

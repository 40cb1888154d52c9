import { decodeJwt } from 'jose';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { ownerApi, type Permission, protectionApi, requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'bob', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'other-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const SCOPES = ['view', 'print'];
const INACTIVE = { active: false };
const on = (id: string, ...scopes: string[]): Permission => ({ resource_id: id, resource_scopes: scopes });

describeServer('FedAuthz 5: introspection of an RPT', { connections: CONNECTIONS }, (server) => {
  const tokenOf = (index: number) => server().connections[index]?.access_token ?? '';
  const api = (index: number) => protectionApi(server(), tokenOf(index));
  const owner = () => ownerApi(server(), tokenOf(3));
  const share = (id: string, more: object = {}) => {
    const subject = { type: 'partner', issuer: server().world.partner.issuer, subject: DAVE };
    return owner().share({ resource_id: id, subject, scopes: SCOPES, ...more });
  };
  const shared = async (index = 0) => {
    const id = await api(index).register({ resource_scopes: SCOPES });
    await share(id);
    return id;
  };
  const rptOn = async (permissions: readonly Permission[], index = 0) =>
    requestingParty(server(), DAVE, 'print-shop').present(await api(index).ticket(...permissions));
  const accessTokenOn = async (permissions: readonly Permission[], index = 0) =>
    textMember(await rptOn(permissions, index), 200, 'access_token');
  const seen = async (rpt: string, index = 0) => (await api(index).introspect(rpt)).json();

  it('UF-34 says issuer, client, pairwise subject, times, id and permissions, and no scope', async () => {
    const id = await shared();
    const rpt = await accessTokenOn([on(id, 'view')]);
    const now = Math.floor(Date.now() / 1000);
    const answer = await seen(rpt);
    expect(answer).toMatchObject({
      active: true,
      iss: server().issuer,
      client_id: 'print-shop',
      token_type: 'Bearer',
      sub: expect.stringMatching(/^sub_/) as string,
      jti: expect.any(String) as string,
      permissions: [on(id, 'view')],
    });
    expect(answer).not.toHaveProperty('scope');
    expect(Math.abs((answer.iat as number) - now)).toBeLessThan(10);
    expect((answer.exp as number) - (answer.iat as number)).toBe(600);
    expect(JSON.stringify(answer)).not.toContain(DAVE);
    expect(rpt).not.toContain(answer.jti as string);
  });

  it('UF-34, IR-05 names the same person differently to another resource server', async () => {
    const [here, there] = [await shared(0), await shared(2)];
    const first = await seen(await accessTokenOn([on(here, 'view')]));
    const again = await seen(await accessTokenOn([on(here, 'print')]));
    const elsewhere = await seen(await accessTokenOn([on(there, 'view')], 2), 2);
    expect(first.sub).toBe(again.sub);
    expect(elsewhere.sub).not.toBe(first.sub);
  });

  it('UF-30 is inactive to the PAT of another owner and of another resource server', async () => {
    const rpt = await accessTokenOn([on(await shared(), 'view')]);
    expect(await seen(rpt, 1)).toEqual(INACTIVE);
    expect(await seen(rpt, 2)).toEqual(INACTIVE);
    expect(await seen(rpt)).toMatchObject({ active: true });
  });

  it('UF-35 shows an RPT to a PAT only, and an ordinary token to a client only', async () => {
    const rpt = await accessTokenOn([on(await shared(), 'view')]);
    for (const client of ['photo-service', 'print-shop'] as const)
      expect((await clientOf(server(), client).introspect(rpt)).json()).toEqual(INACTIVE);
    for (const client of ['print-shop', 'signed-shop'] as const) {
      const ordinary = await clientOf(server(), client).clientCredentials({ scope: 'photos.read' });
      const token = textMember(ordinary, 200, 'access_token');
      expect(await seen(token)).toEqual(INACTIVE);
      const answer = await clientOf(server(), 'photo-service').introspect(token);
      expect(answer.json()).toMatchObject({ active: true, scope: 'photos.read' });
      expect(answer.json()).not.toHaveProperty('permissions');
    }
  });

  it('UF-35 gives an opaque RPT even to a client whose other tokens are JWTs', async () => {
    const ticket = await api(0).ticket(on(await shared(), 'view'));
    const rpt = await requestingParty(server(), DAVE, 'signed-shop').rpt(ticket);
    expect(() => decodeJwt(rpt)).toThrow();
    expect(await seen(rpt)).toMatchObject({ active: true, client_id: 'signed-shop' });
  });

  it('UF-36 is not stored, active or not', async () => {
    const rpt = await accessTokenOn([on(await shared(), 'view')]);
    for (const token of [rpt, 'x']) {
      const answer = await api(0).introspect(token);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('IR-08 narrows the answer to the resource asked about, and is inactive for any other', async () => {
    const [one, other, third] = [await shared(), await shared(), await shared()];
    const rpt = await accessTokenOn([on(one, 'view'), on(other, 'print')]);
    const ask = async (resourceId: string) =>
      (await server().http.form('/introspect', { token: rpt, resource_id: resourceId }, { bearer: tokenOf(0) })).json();
    expect(await ask(other)).toMatchObject({ active: true, permissions: [on(other, 'print')] });
    for (const id of [third, 'r_unknown', 'https://photos.example', '\u00e9']) expect(await ask(id)).toEqual(INACTIVE);
  });

  describe('what becomes of permissions', () => {
    it('UF-12, UF-32 a dropped scope leaves the RPT at once; the scopes that stay stay', async () => {
      const [one, other] = [await shared(), await shared()];
      const granted = await rptOn([on(one, 'view', 'print'), on(other, 'print')]);
      const rpt = textMember(granted, 200, 'access_token');
      await api(0).replace(one, { resource_scopes: ['view'] });
      const { permissions } = (await seen(rpt)) as { permissions: Permission[] };
      expect([...permissions].sort((a) => (a.resource_id === one ? -1 : 1))).toEqual([
        on(one, 'view'),
        on(other, 'print'),
      ]);
      const refreshed = await clientOf(server(), 'print-shop').refresh(textMember(granted, 200, 'refresh_token'));
      const after = (await seen(textMember(refreshed, 200, 'access_token'))) as { permissions: Permission[] };
      expect(after.permissions).toEqual(expect.arrayContaining([on(one, 'view'), on(other, 'print')]));
      expect(after.permissions).toHaveLength(2);
    });

    it('UF-12, UF-24 a dropped scope that is registered again does not come back: not in the RPT, not by refresh', async () => {
      const id = await shared();
      const granted = await rptOn([on(id, 'view', 'print')]);
      await api(0).replace(id, { resource_scopes: ['view'] });
      await api(0).replace(id, { resource_scopes: SCOPES });
      expect(await seen(textMember(granted, 200, 'access_token'))).toMatchObject({ permissions: [on(id, 'view')] });
      const refreshed = await clientOf(server(), 'print-shop').refresh(textMember(granted, 200, 'refresh_token'));
      expect(await seen(textMember(refreshed, 200, 'access_token'))).toMatchObject({ permissions: [on(id, 'view')] });
    });

    it('UF-12, UF-31 an RPT whose only scope is dropped is inactive, and its refresh token dead', async () => {
      const id = await shared();
      const granted = await rptOn([on(id, 'print')]);
      await api(0).replace(id, { resource_scopes: ['view'] });
      expect(await seen(textMember(granted, 200, 'access_token'))).toEqual(INACTIVE);
      await api(0).replace(id, { resource_scopes: SCOPES });
      expect(await seen(textMember(granted, 200, 'access_token'))).toEqual(INACTIVE);
      const refreshed = await clientOf(server(), 'print-shop').refresh(textMember(granted, 200, 'refresh_token'));
      expect([refreshed.status, refreshed.json().error]).toEqual([400, 'invalid_grant']);
    });

    it('UF-13, UF-31, UF-32 a deleted resource leaves the RPT; the last one makes it inactive', async () => {
      const [one, other] = [await shared(), await shared()];
      const granted = await rptOn([on(one, 'view'), on(other, 'view')]);
      const rpt = textMember(granted, 200, 'access_token');
      await api(0).remove(one);
      expect(await seen(rpt)).toMatchObject({ active: true, permissions: [on(other, 'view')] });
      await api(0).remove(other);
      expect(await seen(rpt)).toEqual(INACTIVE);
      const refreshed = await clientOf(server(), 'print-shop').refresh(textMember(granted, 200, 'refresh_token'));
      expect([refreshed.status, refreshed.json().error]).toEqual([400, 'invalid_grant']);
    });

    it('UF-13 policies end with their resource', async () => {
      const id = await api(0).register({ resource_scopes: SCOPES });
      const policy = await share(id);
      await api(0).remove(id);
      expect((await owner().get(`policies/${policy}`)).status).toBe(404);
    });

    it('FedAuthz 5.1.1 an RPT of which all ends earlier says so, each permission its own end, and is inactive from then on', async () => {
      const [first, last] = [
        await api(0).register({ resource_scopes: SCOPES }),
        await api(0).register({ resource_scopes: SCOPES }),
      ];
      const ends = Math.floor(Date.now() / 1000) + 3;
      await share(first, { expires_at: new Date(ends * 1000).toISOString() });
      await share(last, { expires_at: new Date((ends + 1) * 1000).toISOString() });
      const rpt = await accessTokenOn([on(first, 'view'), on(last, 'view')]);
      const before = await seen(rpt);
      expect(before.exp).toBe(ends + 1);
      expect(before.permissions).toEqual(
        expect.arrayContaining([
          { ...on(first, 'view'), exp: ends },
          { ...on(last, 'view'), exp: ends + 1 },
        ]) as Permission[],
      );
      const asked = await server().http.form('/introspect', { token: rpt, resource_id: first }, { bearer: tokenOf(0) });
      expect(asked.json()).toMatchObject({ exp: ends, permissions: [{ ...on(first, 'view'), exp: ends }] });
      await past(ends * 1000);
      const permissions = [{ ...on(last, 'view'), exp: ends + 1 }];
      expect(await seen(rpt)).toMatchObject({ exp: ends + 1, permissions });
      await past((ends + 1) * 1000);
      expect(await seen(rpt)).toEqual(INACTIVE);
    });

    it('UF-32 an expired permission is left out, the others stay and say when they end', async () => {
      const [short, long] = [await api(0).register({ resource_scopes: SCOPES }), await shared()];
      const ends = Math.ceil(Date.now() / 1000) + 5;
      await share(short, { expires_at: new Date(ends * 1000).toISOString() });
      const rpt = await accessTokenOn([on(short, 'view'), on(long, 'view')]);
      const before = (await seen(rpt)) as { permissions: Permission[] };
      expect(before.permissions).toEqual(
        expect.arrayContaining([{ ...on(short, 'view'), exp: ends }, on(long, 'view')]) as Permission[],
      );
      await past(ends * 1000);
      expect(await seen(rpt)).toMatchObject({ active: true, permissions: [on(long, 'view')] });
    });

    it('UF-31 an RPT without any permission left by its policies is inactive at once', async () => {
      const id = await api(0).register({ resource_scopes: SCOPES });
      const policy = await share(id, { subject: { type: 'account', account_id: 'carol' } });
      const carol = requestingParty(server(), CAROL, 'print-shop');
      const rpt = await carol.rpt(await api(0).ticket(on(id, 'view')));
      expect(await seen(rpt)).toMatchObject({ active: true });
      await owner().removePolicy(policy);
      expect(await seen(rpt)).toEqual(INACTIVE);
    });
  });
});

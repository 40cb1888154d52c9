import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic } from '../support/http.js';
import { PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE, OTHERS, PHOTOS } from '../support/world.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';

const SECRET = 'reduced-secret-reduced-secret-reduced-00';
const PAYMENT_TYPE = { type: 'payment', display_name: 'Pay from your account' };
const SHOP = {
  name: 'Reduced',
  type: 'confidential',
  secret: { env: 'REDUCED_SECRET' },
  grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'offline_access', 'photos.read', 'photos.write', 'others.read'],
  audiences: [PHOTOS, OTHERS],
  authorization_details_types: ['payment'],
};
/** What is left to a client of what it was registered for. */
const REDUCED = {
  scopes: { scopes: ['photos.read'], optional_scopes: [] },
  nothing: { scopes: ['others.read'] },
  resource: { audiences: [OTHERS] },
  type: { authorization_details_types: [] },
};
type Loss = keyof typeof REDUCED;
const LOSSES = Object.keys(REDUCED) as Loss[];
const WAYS = ['code', 'device'] as const;
type Way = (typeof WAYS)[number];
/** A client for each loss and way, so that all are reduced by one start. */
const idOf = (way: Way, loss: Loss) => `${way}-${loss}`;
const PAIRS = WAYS.flatMap((way) => LOSSES.map((loss) => ({ way, loss, id: idOf(way, loss) })));
const SET_UP = {
  clients: [...PAIRS.map(({ id }) => id), 'narrowed', 'refreshed'].map((id) => ({ ...SHOP, client_id: id })),
  config: { authorization_details_types: [PAYMENT_TYPE] },
  env: { REDUCED_SECRET: SECRET },
};
type Form = Readonly<Record<string, string>>;
const ASKED = { scope: 'openid offline_access photos.read photos.write', resource: PHOTOS };
const DETAILS = JSON.stringify([{ type: 'payment' }]);

describeServer('what the operator takes from a client between consent and token', SET_UP, (server) => {
  const token = (id: string, form: Form) =>
    server().http.form('/token', form, { headers: { authorization: basic(id, SECRET) } });
  /** Alice allows what the application asks for. @returns what redeems it */
  const codeFor = async (id: string, changes: Form) => {
    const browser = new FormBrowser(server().issuer);
    const request = new URLSearchParams(authorizationRequest({ client_id: id, prompt: 'consent', ...changes }));
    const page = await browser.open(`${server().issuer}/authorize?${request.toString()}`);
    const asked = await browser.submit(page, { username: 'alice', password: PASSWORD });
    const { left } = await browser.submit(asked, { decision: 'allow' });
    const code = left?.searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
  };
  const deviceFor = async (id: string, changes: Form) => {
    const headers = { authorization: basic(id, SECRET) };
    const begun = await server().http.form('/device_authorization', changes, { headers });
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(textMember(begun, 200, 'verification_uri_complete'));
    const confirm = await browser.submit(page, { username: 'alice', password: PASSWORD });
    await browser.submit(confirm, { decision: 'allow' });
    return { grant_type: DEVICE_CODE, device_code: textMember(begun, 200, 'device_code') };
  };

  it('RI-02 attack class 50: a refresh gives no token for an audience that is gone, and others as before', async () => {
    const id = 'refreshed';
    const change = (changes: object) =>
      reconfigure(server(), (settings) => void Object.assign(entryOf(settings, 'clients', 'client_id', id), changes));
    const refresh = (answer: Answer, form: Form = {}) =>
      token(id, { grant_type: 'refresh_token', refresh_token: textMember(answer, 200, 'refresh_token'), ...form });
    const bare = await token(id, await codeFor(id, { scope: 'openid offline_access', resource: PHOTOS }));
    const withScope = await token(id, await codeFor(id, ASKED));
    await change({ audiences: [OTHERS] });
    expect((await refresh(bare)).json()['error']).toBe('invalid_grant');
    expect((await refresh(bare, { resource: PHOTOS })).json()['error']).toBe('invalid_grant');
    // A scope of it opens it by itself, here as wherever tokens are asked for (decision 0008).
    const still = await refresh(withScope);
    expect(still.json()).toMatchObject({ scope: ASKED.scope });
    await change({ audiences: [OTHERS], scopes: ['openid', 'offline_access', 'others.read'] });
    expect((await refresh(still)).json()['error']).toBe('invalid_grant');
    // Who she is is told at this server's own address, which nobody takes away.
    const own = await refresh(still, { resource: server().issuer });
    expect(own.json()).toMatchObject({ scope: 'openid offline_access' });
    await change(SHOP);
    expect((await refresh(own)).json()).toMatchObject({ scope: ASKED.scope });
    expect((await refresh(bare)).json()).toMatchObject({ scope: 'openid offline_access' });
  });

  it('CO-17 a code says no more than its record, where that was narrowed since', async () => {
    const first = await codeFor('narrowed', { ...ASKED, grant_management_action: 'create' });
    const grantId = textMember(await token('narrowed', first), 200, 'grant_id');
    const merge = {
      scope: 'openid photos.write',
      resource: PHOTOS,
      grant_management_action: 'merge',
      grant_id: grantId,
    };
    const wide = await codeFor('narrowed', merge);
    await codeFor('narrowed', { ...merge, scope: 'openid photos.read', grant_management_action: 'replace' });
    expect((await token('narrowed', wide)).json()['error']).toBe('invalid_grant');
  });

  describe('between consent and token', () => {
    const given = new Map<string, Form>();
    const redeem = async (way: Way, loss: Loss) => {
      const id = idOf(way, loss);
      return (await token(id, given.get(id) ?? {})).json();
    };
    const reduce = (isReduced: boolean) =>
      reconfigure(server(), (settings) => {
        for (const { id, loss } of PAIRS)
          Object.assign(entryOf(settings, 'clients', 'client_id', id), SHOP, isReduced && REDUCED[loss]);
      });

    beforeAll(async () => {
      for (const { way, loss, id } of PAIRS) {
        const asked = loss === 'type' ? { ...ASKED, authorization_details: DETAILS } : ASKED;
        given.set(id, await (way === 'code' ? codeFor(id, asked) : deviceFor(id, asked)));
      }
      await reduce(true);
    });

    describe.each(WAYS)('a %s', (way) => {
      it('gives no scope that is gone: no refresh token without offline_access, no ID token without openid', async () => {
        const answer = await redeem(way, 'scopes');
        expect(answer).toMatchObject({ scope: 'photos.read' });
        expect(answer).not.toHaveProperty('refresh_token');
        expect(answer).not.toHaveProperty('id_token');
      });

      it('gives no token for a resource that is gone', async () => {
        expect((await redeem(way, 'resource'))['error']).toBe('invalid_grant');
      });

      it('RA-04 gives no details of a type that is gone', async () => {
        expect(await redeem(way, 'type')).toMatchObject({ scope: ASKED.scope, authorization_details: [] });
      });

      it('gives nothing where nothing is left', async () => {
        expect((await redeem(way, 'nothing'))['error']).toBe('invalid_grant');
      });
    });

    describe('when it is given back', () => {
      beforeAll(() => reduce(false));

      it.each(WAYS)('a %s for which nothing was left comes back with what it was', async (way) => {
        expect(await redeem(way, 'nothing')).toMatchObject({ scope: ASKED.scope, token_type: 'Bearer' });
      });
    });
  });
});

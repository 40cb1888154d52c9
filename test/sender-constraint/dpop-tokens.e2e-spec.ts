import { decodeJwt } from 'jose';

import { assertionForm, clientAssertion, clientOf, pushed } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { ownerApi, protectionApi, textMember } from '../support/uma.js';
import { DAVE, PHOTOS, UMA_TICKET } from '../support/world.js';

const CONNECTIONS = [
  { account: 'alice', client: 'public-app', scope: 'photos.read', count: 3 },
  { account: 'alice', client: 'print-shop', scope: 'photos.read' },
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const REFUSED = [400, 'invalid_dpop_proof'];

describeServer('RFC 9449 §5: tokens bound to a key', { issuerPath: '/t1', connections: CONNECTIONS }, (server) => {
  const asShop = (form: Form, headers: readonly string[]) => {
    const { secret = '' } = server().world.clients['print-shop'];
    const all = [...headers, 'authorization', basic('print-shop', secret)];
    return server().http.form('/token', form, { headers: all });
  };
  const granted = (...proofs: readonly string[]) => {
    const form = { grant_type: 'client_credentials', scope: 'photos.read', resource: PHOTOS };
    return asShop(
      form,
      proofs.flatMap((proof) => ['dpop', proof]),
    );
  };
  const seenBy = async (token: string) => (await clientOf(server(), 'photo-service').introspect(token)).json();

  it('DP-05 is of the type DPoP and names the key, in introspection and in a JWT', async () => {
    const holder = await keyHolder(server());
    const answer = await granted(await holder.proof('POST', '/token'));
    expect(answer.json()).toMatchObject({ token_type: 'DPoP', expires_in: 600 });
    const seen = await seenBy(textMember(answer, 200, 'access_token'));
    expect(seen).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: holder.jkt } });

    const form = { grant_type: 'client_credentials', scope: 'photos.read' };
    const assertion = await clientAssertion(server().world.clients['signed-shop'], server().issuer);
    const signed = await server().http.form(
      '/token',
      { ...form, ...assertionForm(assertion) },
      { headers: { dpop: await holder.proof('POST', '/token') } },
    );
    const token = textMember(signed, 200, 'access_token');
    expect(decodeJwt(token)['cnf']).toEqual({ jkt: holder.jkt });
    expect(await seenBy(token)).toMatchObject({ token_type: 'DPoP', cnf: { jkt: holder.jkt } });
  });

  it('DP-05 without a proof it is a bearer token', async () => {
    const answer = await granted();
    expect(answer.json()).toMatchObject({ token_type: 'Bearer' });
    expect(await seenBy(textMember(answer, 200, 'access_token'))).not.toHaveProperty('cnf');
  });

  it('DP-03 answers a bad proof with invalid_dpop_proof, and gives no bearer token instead (attack class 181)', async () => {
    const holder = await keyHolder(server());
    const good = () => holder.proof('POST', '/token');
    const bad = [
      [await holder.proof('GET', '/token')],
      [await holder.proof('POST', '/introspect')],
      [await holder.proof('POST', '/token', { htu: 'https://evil.example/t1/token' })],
      [await holder.proof('POST', '/token', { iat: Math.floor(Date.now() / 1000) - 120 })],
      [await holder.proof('POST', '/token', {}, { typ: 'JWT' })],
      [await good(), await good()],
      [`${await good()}, ${await good()}`],
      [''],
      ['x'.repeat(10_000)],
    ];
    for (const proofs of bad) expect(outcome(await granted(...proofs))).toEqual(REFUSED);
    expect((await granted(await good())).status).toBe(200);
  });

  it('DP-02 knows its own address, whatever the request says it is', async () => {
    const holder = await keyHolder(server());
    const { secret = '' } = server().world.clients['print-shop'];
    const send = async (htu: string, headers: Record<string, string>) =>
      outcome(
        await server().http.form(
          '/token',
          { grant_type: 'client_credentials', scope: 'view' },
          {
            headers: {
              ...headers,
              authorization: basic('print-shop', secret),
              dpop: await holder.proof('POST', '/token', { htu }),
            },
          },
        ),
      );
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect(await send('http://evil.example/t1/token', evil)).toEqual(REFUSED);
    expect(await send(`${server().issuer}/token`, evil)).toEqual([200, undefined]);
    expect(await send(`${server().issuer.replace('http', 'HTTP')}/%74oken?a=b`, {})).toEqual([200, undefined]);
  });

  it('DP-02 of one proof sent a hundred times at once exactly one wins (attack class 185)', async () => {
    const proof = await (await keyHolder(server())).proof('POST', '/token');
    const answers = await Promise.all(Array.from({ length: 100 }, () => granted(proof)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(outcome(answer)).toEqual(REFUSED);
  });

  it('DP-02 a used proof stays used over a restart, and for another client (attack classes 185, 275)', async () => {
    const holder = await keyHolder(server());
    const proof = await holder.proof('POST', '/token');
    expect((await granted(proof)).status).toBe(200);
    await server().restart();
    expect(outcome(await granted(proof))).toEqual(REFUSED);
    const other = await keyHolder(server());
    const { jti } = decodeJwt(proof);
    expect((await granted(await other.proof('POST', '/token', { jti }))).status).toBe(200);
  });

  describe('DP-07: refresh', () => {
    const refreshed = async (token: string, proof?: string) =>
      server().http.form(
        '/token',
        { grant_type: 'refresh_token', refresh_token: token, client_id: 'public-app' },
        proof === undefined ? {} : { headers: { dpop: proof } },
      );
    const first = (index: number) => server().connections[index]?.refresh_token ?? '';

    it('DP-07 a refresh token of a public client is bound to the key from the first proof on (attack class 189)', async () => {
      const [holder, thief] = [await keyHolder(server()), await keyHolder(server())];
      const bound = await refreshed(first(0), await holder.proof('POST', '/token'));
      expect(bound.json()).toMatchObject({ token_type: 'DPoP' });
      const token = textMember(bound, 200, 'refresh_token');
      expect(outcome(await refreshed(token))).toEqual([400, 'invalid_grant']);
      const stolen = await refreshed(token, await thief.proof('POST', '/token'));
      expect(outcome(stolen)).toEqual([400, 'invalid_grant']);
      const next = await refreshed(token, await holder.proof('POST', '/token'));
      expect(await seenBy(textMember(next, 200, 'access_token'))).toMatchObject({ cnf: { jkt: holder.jkt } });
      const last = await refreshed(textMember(next, 200, 'refresh_token'), await holder.proof('POST', '/token'));
      expect(last.status).toBe(200);
    });

    it('DP-07 one of a confidential client is not: the client may change its key', async () => {
      const token = server().connections[3]?.refresh_token ?? '';
      const [one, two] = [await keyHolder(server()), await keyHolder(server())];
      const form = (value: string) => ({ grant_type: 'refresh_token', refresh_token: value });
      const bound = await asShop(form(token), ['dpop', await one.proof('POST', '/token')]);
      expect(await seenBy(textMember(bound, 200, 'access_token'))).toMatchObject({ cnf: { jkt: one.jkt } });
      const next = await asShop(form(textMember(bound, 200, 'refresh_token')), [
        'dpop',
        await two.proof('POST', '/token'),
      ]);
      expect(await seenBy(textMember(next, 200, 'access_token'))).toMatchObject({ cnf: { jkt: two.jkt } });
    });
  });

  it('DP-05 an RPT is bound too, and its introspection says so', async () => {
    const holder = await keyHolder(server());
    const owner = protectionApi(server(), server().connections[4]?.access_token ?? '');
    const id = await owner.register({ resource_scopes: ['view'] });
    const subject = { type: 'partner', issuer: server().world.partner.issuer, subject: DAVE };
    const owners = ownerApi(server(), server().connections[5]?.access_token ?? '');
    await owners.share({ resource_id: id, subject, scopes: ['view'] });
    const ticket = await owner.ticket({ resource_id: id, resource_scopes: ['view'] });
    const idToken = await server().world.partner.idToken({ subject: DAVE, audience: server().issuer });
    const form = { grant_type: UMA_TICKET, ticket, ...pushed(idToken) };
    const answer = await asShop(form, ['dpop', await holder.proof('POST', '/token')]);
    expect(answer.json()).toMatchObject({ token_type: 'DPoP' });
    const seen = (await owner.introspect(textMember(answer, 200, 'access_token'))).json();
    expect(seen).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: holder.jkt } });
  });
});

import { assertionForm, clientAssertion, clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { PHOTOS } from '../support/world.js';

const CLIENT_CREDENTIALS = { grant_type: 'client_credentials', scope: 'photos.read' };

const SECRET = 'named-secret-named-secret-named-secret';
/** Says how it authenticates; for print-shop nothing is said. */
const NAMED = {
  client_id: 'named-shop',
  name: 'Named shop',
  type: 'confidential',
  secret: { env: 'NAMED_SECRET' },
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['client_credentials'],
  scopes: ['photos.read'],
  audiences: [PHOTOS],
};

describeServer('client authentication', { clients: [NAMED], env: { NAMED_SECRET: SECRET } }, (server) => {
  const secretOf = (client: 'print-shop' | 'other-shop') => server().world.clients[client].secret ?? '';
  const post = (form: Form, authorization?: string) =>
    server().http.form('/token', form, authorization === undefined ? {} : { headers: { authorization } });
  const outcome = (answer: Answer) => [answer.status, answer.json().error];

  describe('methods', () => {
    it.each(['print-shop', 'other-shop', 'signed-shop'] as const)(
      'authenticates %s by its own method',
      async (client) => {
        const answer = await clientOf(server(), client).clientCredentials({ scope: 'photos.read' });
        expect(answer.status).toBe(200);
      },
    );

    it('takes "basic" for the name of the scheme too', async () => {
      const answer = await post(
        CLIENT_CREDENTIALS,
        basic('print-shop', secretOf('print-shop')).replace('Basic', 'bAsIc'),
      );
      expect(answer.status).toBe(200);
    });

    it('CO-12 form-decodes Basic credentials: the raw secret with its % and + is another one', async () => {
      const raw = `Basic ${Buffer.from(`print-shop:${secretOf('print-shop')}`).toString('base64')}`;
      expect(outcome(await post(CLIENT_CREDENTIALS, raw))).toEqual([401, 'invalid_client']);
    });
  });

  describe('RFC 6749 §5.2: invalid_client (attack classes 55, 59)', () => {
    it('CO-11 answers 401 with a Basic challenge when Basic was used', async () => {
      const answer = await post(CLIENT_CREDENTIALS, basic('print-shop', 'x'.repeat(43)));
      expect(outcome(answer)).toEqual([401, 'invalid_client']);
      expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
    });

    it('CO-11 answers a wrong secret in the form with 401', async () => {
      const answer = await post({ ...CLIENT_CREDENTIALS, client_id: 'other-shop', client_secret: 'x'.repeat(43) });
      expect(outcome(answer)).toEqual([401, 'invalid_client']);
    });

    it('CO-11 says the same of an unknown client and a wrong secret', async () => {
      const wrong = await post(CLIENT_CREDENTIALS, basic('print-shop', 'x'.repeat(43)));
      const unknown = await post(CLIENT_CREDENTIALS, basic('nobody', 'x'.repeat(43)));
      const { 'content-length': length, 'content-type': type, 'www-authenticate': challenge } = wrong.headers;
      expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
      expect(unknown.headers).toMatchObject({
        'content-length': length,
        'content-type': type,
        'www-authenticate': challenge,
      });
    });

    it.each([
      ['nothing at all', {}],
      ['an identifier only', { client_id: 'print-shop' }],
      ['a secret only', { client_secret: 'x'.repeat(43) }],
      ['an empty secret', { client_id: 'other-shop', client_secret: '' }],
      ['the secret "null" of a client without one', { client_id: 'signed-shop', client_secret: 'null' }],
      ['the secret "undefined" of a public client', { client_id: 'public-app', client_secret: 'undefined' }],
    ])('CO-11 refuses %s', async (_what, form) => {
      expect(outcome(await post({ ...CLIENT_CREDENTIALS, ...form }))).toEqual([401, 'invalid_client']);
    });
  });

  describe('more than one method, or another one (attack classes 56, 57, 60)', () => {
    it('CO-12 refuses Basic together with a secret in the form: invalid_request', async () => {
      const secret = secretOf('print-shop');
      const answer = await post(
        { ...CLIENT_CREDENTIALS, client_id: 'print-shop', client_secret: secret },
        basic('print-shop', secret),
      );
      expect(outcome(answer)).toEqual([400, 'invalid_request']);
    });

    it('CO-12 refuses an assertion together with Basic: invalid_client', async () => {
      const assertion = await clientAssertion(server().world.clients['signed-shop'], server().issuer);
      const answer = await post(
        { ...CLIENT_CREDENTIALS, ...assertionForm(assertion) },
        basic('print-shop', secretOf('print-shop')),
      );
      expect(['invalid_client', 'invalid_request']).toContain(answer.json().error);
      expect(answer.json()).not.toHaveProperty('access_token');
    });

    it.each([
      [
        'basic for a client of client_secret_post',
        () => post(CLIENT_CREDENTIALS, basic('other-shop', secretOf('other-shop'))),
      ],
      [
        'a form secret for a client of client_secret_basic',
        () => post({ ...CLIENT_CREDENTIALS, client_id: 'named-shop', client_secret: SECRET }),
      ],
    ])('counts the registered method only: refuses %s', async (_what, ask) => {
      expect(outcome(await ask())).toEqual([401, 'invalid_client']);
    });

    it('takes either way of sending a secret from a client for which none is registered, and from one with its own', async () => {
      const [secret, id] = [secretOf('print-shop'), 'print-shop'];
      expect((await post(CLIENT_CREDENTIALS, basic(id, secret))).status).toBe(200);
      expect((await post({ ...CLIENT_CREDENTIALS, client_id: id, client_secret: secret })).status).toBe(200);
      expect((await post(CLIENT_CREDENTIALS, basic('named-shop', SECRET))).status).toBe(200);
    });

    it('refuses a client_id that is not the one of the Basic header', async () => {
      const answer = await post(
        { ...CLIENT_CREDENTIALS, client_id: 'other-shop' },
        basic('print-shop', secretOf('print-shop')),
      );
      expect(['invalid_client', 'invalid_request']).toContain(answer.json().error);
    });

    it('refuses two Authorization headers', async () => {
      const value = basic('print-shop', secretOf('print-shop'));
      const headers = ['authorization', value, 'authorization', value];
      const answer = await server().http.form('/token', CLIENT_CREDENTIALS, { headers });
      expect([400, 401]).toContain(answer.status);
    });
  });

  describe('Basic headers that are none (attack class 58)', () => {
    it.each([
      ['no colon', Buffer.from('print-shop').toString('base64')],
      ['an empty name', Buffer.from(':secret').toString('base64')],
      ['no base64', '***'],
      ['nothing', ''],
      ['bytes that are not UTF-8', Buffer.from([0x70, 0xff, 0x3a, 0xff]).toString('base64')],
      ['a broken percent sign', Buffer.from('print-shop:%zz').toString('base64')],
      ['a NUL', Buffer.from('print-shop\0:x').toString('base64')],
    ])('refuses %s as 401 or 400', async (_what, value) => {
      const answer = await post(CLIENT_CREDENTIALS, `Basic ${value}`);
      expect(['invalid_client', 'invalid_request']).toContain(answer.json().error);
    });

    it('refuses 16 kB of credentials', async () => {
      const answer = await post(CLIENT_CREDENTIALS, `Basic ${'a'.repeat(12_000)}`);
      expect([400, 401, 431]).toContain(answer.status);
    });
  });

  describe('RFC 7523 §3: private_key_jwt', () => {
    const signed = async (claims: Record<string, unknown>, audience = server().issuer) => {
      const assertion = await clientAssertion(server().world.clients['signed-shop'], audience, claims);
      return post({ ...CLIENT_CREDENTIALS, ...assertionForm(assertion) });
    };

    it('authenticates an assertion once: its replay is invalid_client', async () => {
      const assertion = await clientAssertion(server().world.clients['signed-shop'], server().issuer);
      const ask = () => post({ ...CLIENT_CREDENTIALS, ...assertionForm(assertion) });
      expect((await ask()).status).toBe(200);
      expect(outcome(await ask())).toEqual([401, 'invalid_client']);
    });

    it.each([
      ['for somebody else', { aud: 'https://elsewhere.example' }],
      ['that has expired', { exp: 1_700_000_000 }],
      ['without an end', { exp: undefined }],
      ['without an id', { jti: undefined }],
      ['by another client', { iss: 'print-shop', sub: 'print-shop' }],
      ['about another client', { sub: 'print-shop' }],
    ])('refuses an assertion %s: invalid_client', async (_what, claims) => {
      expect(outcome(await signed(claims))).toEqual([401, 'invalid_client']);
    });
  });
});

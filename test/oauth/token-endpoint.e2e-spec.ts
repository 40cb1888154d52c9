import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { encodeForm } from '../support/http.js';
import { PHOTOS } from '../support/world.js';

const FORM = 'application/x-www-form-urlencoded';
/** Enough for a token, if everything else is right. */
const PLAIN_FORM = 'grant_type=client_credentials&scope=photos.read';

describeServer('token endpoint', {}, (server) => {
  const shop = () => clientOf(server(), 'print-shop');

  describe('RFC 6749 §4.4: client credentials', () => {
    it('CO-10 answers with a token, its type, its lifetime, and is not stored', async () => {
      const answer = await shop().clientCredentials({ scope: 'photos.read' });
      expect(answer.status).toBe(200);
      expect(answer.json()).toMatchObject({
        access_token: expect.stringMatching(/^vk_at_[\w-]{49}$/) as string,
        token_type: 'Bearer',
        expires_in: 600,
      });
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': expect.stringMatching(/^application\/json/) as string,
      });
      expect(answer.json()).not.toHaveProperty('refresh_token');
    });

    it('CO-10 names the scope where it differs from what was asked', async () => {
      const answer = await shop().clientCredentials({ resource: PHOTOS });
      expect(answer.status).toBe(200);
      expect(answer.json()).toMatchObject({ scope: 'photos.read photos.write' });
    });

    it('refuses a scope that the client is not registered for: invalid_scope', async () => {
      const answer = await shop().clientCredentials({ scope: 'uma_protection' });
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_scope']);
    });
  });

  describe('grant types (attack classes 52, 53)', () => {
    it.each([
      'password',
      'implicit',
      'authorization_code ',
      'urn:example:grant',
      'CLIENT_CREDENTIALS',
      'client_credentials ',
      '__proto__',
      'constructor',
    ])('CO-06 does not know %j: unsupported_grant_type', async (grantType) => {
      const answer = await shop().token({ grant_type: grantType, username: 'alice', password: 'secret' });
      expect([answer.status, answer.json().error]).toEqual([400, 'unsupported_grant_type']);
    });

    it.each([
      ['missing', {}],
      ['empty', { grant_type: '' }],
    ])('CO-09 needs a grant type: %s is invalid_request', async (_what, form) => {
      const answer = await shop().token(form);
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
    });

    it('refuses a grant that the client may not use: unauthorized_client', async () => {
      const answer = await clientOf(server(), 'owner-app').clientCredentials();
      expect([answer.status, answer.json().error]).toEqual([400, 'unauthorized_client']);
    });

    it('refuses an array as grant type', async () => {
      const answer = await shop().token({ 'grant_type[]': 'client_credentials' });
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
    });
  });

  describe('RFC 6749 §3.2: parameters', () => {
    it.each(['grant_type', 'scope', 'client_id', 'nonsense'])(
      'CO-09 refuses %s twice: invalid_request',
      async (name) => {
        const value = { grant_type: 'client_credentials', scope: 'photos.read', client_id: 'print-shop' }[name] ?? 'x';
        const others: [string, string][] = name === 'grant_type' ? [] : [['grant_type', 'client_credentials']];
        const answer = await shop().token([...others, [name, value], [name, value]]);
        expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
      },
    );

    it('CO-09 ignores an unknown parameter and takes an empty one for absent', async () => {
      const answer = await shop().clientCredentials({ nonsense: 'x', scope: 'photos.read', resource: '' });
      expect(answer.status).toBe(200);
    });

    it('refuses bytes that are not UTF-8', async () => {
      const body = Buffer.concat([Buffer.from('grant_type=client_credentials&scope='), Buffer.from([0xff, 0xfe])]);
      const answer = await postAsShop(body, FORM);
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
    });

    it('refuses percent-encoded bytes that are not UTF-8', async () => {
      const answer = await postAsShop('grant_type=client_credentials&scope=%ff%fe', FORM);
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
    });
  });

  const authorization = () => {
    const { secret = '' } = server().world.clients['print-shop'];
    return `Basic ${Buffer.from(encodeForm([['print-shop', secret]]).replace('=', ':')).toString('base64')}`;
  };
  const postAsShop = (body: string | Buffer, contentType: string) =>
    server().http.send({
      method: 'POST',
      path: '/token',
      headers: { authorization: authorization(), ...(contentType && { 'content-type': contentType }) },
      body,
    });

  describe('method and media type (attack class 54)', () => {
    it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])(
      'answers %s with 405 and names POST in Allow',
      async (method) => {
        const answer = await server().http.send({
          method,
          path: '/token',
          headers: { authorization: authorization() },
        });
        expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
      },
    );

    it.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', `${FORM}; charset=utf-7`, ''])(
      'refuses the media type %j with 415 or 400 invalid_request',
      async (contentType) => {
        const answer = await postAsShop(PLAIN_FORM, contentType);
        expect([400, 415]).toContain(answer.status);
        expect(answer.json().error).toBe('invalid_request');
      },
    );

    it('takes the form with a UTF-8 charset', async () => {
      expect((await postAsShop(PLAIN_FORM, `${FORM}; charset=UTF-8`)).status).toBe(200);
    });

    it('never authenticates a client by the query', async () => {
      const { secret = '' } = server().world.clients['other-shop'];
      const query = encodeForm({ client_id: 'other-shop', client_secret: secret, grant_type: 'client_credentials' });
      const answer = await server().http.form(`/token?${query}`, { grant_type: 'client_credentials' });
      expect([400, 401]).toContain(answer.status);
      expect(answer.json()).not.toHaveProperty('access_token');
    });
  });

  describe('large and odd bodies (attack classes 255 to 257)', () => {
    it.each([65, 1024, 20_000])('refuses %d KiB with 413', async (kilobytes) => {
      const answer = await postAsShop(`grant_type=client_credentials&x=${'a'.repeat(kilobytes * 1024)}`, FORM);
      expect(answer.status).toBe(413);
    });

    it('refuses a chunked body that is too large', async () => {
      const answer = await server().http.send({
        method: 'POST',
        path: '/token',
        headers: { authorization: authorization(), 'content-type': FORM, 'transfer-encoding': 'chunked' },
        body: `grant_type=client_credentials&x=${'a'.repeat(200_000)}`,
      });
      expect(answer.status).toBe(413);
    });

    it('refuses thousands of parameters', async () => {
      const body = `grant_type=client_credentials&${'a&'.repeat(30_000)}`;
      const answer = await postAsShop(body, FORM);
      expect([400, 413]).toContain(answer.status);
    });

    it('refuses deep brackets and still serves', async () => {
      const answer = await postAsShop(`grant_type${'[a]'.repeat(10_000)}=client_credentials`, FORM);
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
      expect((await shop().clientCredentials({ scope: 'photos.read' })).status).toBe(200);
    });
  });
});

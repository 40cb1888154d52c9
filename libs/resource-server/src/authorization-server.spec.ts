import { gzipSync } from 'node:zlib';
import { AuthorizationServer } from './authorization-server.js';
import { clientSecretBasic, clientSecretPost } from './client-authentication.js';
import type { FailureReason } from './errors.js';
import type { HttpExchange } from './http-client.js';
import { type StubAnswer, StubAuthorizationServer } from './testing/stub-authorization-server.js';

const DISCOVERY = 'GET /.well-known/uma2-configuration';

describe('AuthorizationServer', () => {
  let stub: StubAuthorizationServer;
  beforeAll(async () => void (stub = await StubAuthorizationServer.start()));
  afterAll(() => stub.stop());
  beforeEach(() => void stub.reset());

  const server = (changes: Partial<ConstructorParameters<typeof AuthorizationServer>[0]> = {}) =>
    new AuthorizationServer({
      issuer: stub.issuer,
      authentication: clientSecretBasic('photo-service', 'secret'),
      limits: { timeoutMs: 300, maximumBytes: 4_096 },
      ...changes,
    });

  it('UG-01 finds the endpoints of its issuer, and asks once for many callers', async () => {
    const known = server();
    const all = await Promise.all(Array.from({ length: 50 }, () => known.metadata()));
    expect(all[49]?.permissionEndpoint).toBe(`${stub.issuer}/uma/permission`);
    expect(stub.count(DISCOVERY)).toBe(1);
  });

  it('asks again after an hour', async () => {
    let now = 0;
    const known = server({ now: () => now });
    await known.metadata();
    now = 3_600_000;
    await known.metadata();
    expect(stub.count(DISCOVERY)).toBe(2);
  });

  it.each(['http://as.example', 'ftp://127.0.0.1', 'as.example', ''])('refuses the issuer "%s" at once', (issuer) => {
    expect(() => server({ issuer })).toThrow(TypeError);
  });

  const failures: [string, FailureReason, () => StubAnswer | Promise<StubAnswer>][] = [
    ['metadata of another issuer', 'wrong_issuer', () => ({ json: { ...stub.metadata, issuer: `${stub.issuer}/` } })],
    ['metadata without an issuer', 'wrong_issuer', () => ({ json: {} })],
    ['a missing endpoint', 'bad_answer', () => ({ json: { ...stub.metadata, permission_endpoint: undefined } })],
    [
      'an endpoint without TLS',
      'bad_answer',
      () => ({ json: { ...stub.metadata, token_endpoint: 'http://as.example/' } }),
    ],
    ['a list instead of an object', 'bad_answer', () => ({ json: [] })],
    ['a page instead of JSON', 'bad_answer', () => ({ write: (response) => response.end('<html>') })],
    ['an empty answer', 'bad_answer', () => ({})],
    ['an inner error', 'refused', () => ({ status: 500, json: { error: 'server_error' } })],
    ['a redirect', 'redirected', () => ({ status: 302, headers: { location: `${stub.issuer}/elsewhere` } })],
    ['a huge answer', 'too_large', () => ({ json: 'x'.repeat(5_000) })],
    [
      'a small answer that unpacks to a huge one',
      'too_large',
      () => ({
        write: (response) =>
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1_000_000))),
      }),
    ],
    ['an answer that never begins', 'timed_out', () => ({ write: () => undefined })],
    [
      'an answer that never ends',
      'timed_out',
      () => ({ write: (response) => void response.writeHead(200).write('{') }),
    ],
    ['a broken connection', 'unreachable', () => ({ write: (response) => void response.socket?.destroy() })],
  ];
  it.each(failures)('gives up on %s: %s', async (_what, reason, answer) => {
    stub.on(DISCOVERY, answer);
    await expect(server().metadata()).rejects.toMatchObject({ reason });
    expect(stub.requests.map(({ route }) => route)).not.toContain('GET /elsewhere');
  });

  it('does not remember a failure', async () => {
    const known = server();
    stub.on(DISCOVERY, () => ({ status: 503, json: {} }));
    await expect(known.metadata()).rejects.toMatchObject({ reason: 'refused', status: 503 });
    stub.reset();
    await expect(known.metadata()).resolves.toMatchObject({ issuer: stub.issuer });
  });

  it('RFC 6749 §2.3.1 form-encodes id and secret before joining them for Basic', async () => {
    await server({ authentication: clientSecretBasic('a:b', 'c d+%') }).sendAsClient(`${stub.issuer}/token`, {});
    const header = stub.requests[0]?.headers.authorization ?? '';
    expect(Buffer.from(header.slice('Basic '.length), 'base64').toString()).toBe('a%3Ab:c+d%2B%25');
  });

  it('RFC 6749 §2.3.1 can authenticate in the form', async () => {
    const known = server({ authentication: clientSecretPost('photo-service', 's&t') });
    await known.sendAsClient(`${stub.issuer}/token`, { grant_type: 'client_credentials' });
    expect(stub.requests[0]?.body).toBe('grant_type=client_credentials&client_id=photo-service&client_secret=s%26t');
  });

  it('names the error of the server, and never a token, in what it throws', async () => {
    stub.on('POST /token', () => ({ status: 400, json: { error: 'invalid_grant', error_description: 'rt-secret' } }));
    const failure = server().sendAsClient(`${stub.issuer}/token`, { refresh_token: 'rt-secret' });
    await expect(failure).rejects.toMatchObject({ reason: 'refused', status: 400, code: 'invalid_grant' });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('rt-secret') as unknown });
  });

  it('shows each exchange to an observer', async () => {
    const seen: HttpExchange[] = [];
    await server({ onExchange: (exchange) => seen.push(exchange) }).sendAsClient(`${stub.issuer}/token`, { a: 'b' });
    expect(seen).toMatchObject([{ method: 'POST', requestBody: 'a=b', status: 200 }]);
  });
});

import { AuthorizationServer } from './authorization-server.js';
import { clientSecretBasic } from './client-authentication.js';
import { ProtectionApiToken } from './protection-api-token.js';
import { StubAuthorizationServer } from './testing/stub-authorization-server.js';

describe('FedAuthz §1.3: the PAT', () => {
  let stub: StubAuthorizationServer;
  let now = 0;
  let issued = 0;
  beforeAll(async () => void (stub = await StubAuthorizationServer.start()));
  afterAll(() => stub.stop());
  beforeEach(() => {
    now = 0;
    issued = 0;
    stub.reset();
    stub.on('POST /token', () => {
      issued += 1;
      return {
        json: { access_token: `pat-${issued}`, token_type: 'Bearer', expires_in: 600, refresh_token: `rt-${issued}` },
      };
    });
  });

  const server = () =>
    new AuthorizationServer({ issuer: stub.issuer, authentication: clientSecretBasic('rs', 'secret'), now: () => now });
  const owned = (save: (token: string) => Promise<void> | void) =>
    new ProtectionApiToken(server(), { refreshToken: 'rt-0', save });

  it('is got by client credentials when the resource server is itself the owner', async () => {
    await new ProtectionApiToken(server()).value();
    expect(stub.requests.at(-1)?.body).toBe('grant_type=client_credentials&scope=uma_protection');
  });

  it('is renewed once for many callers, so that a rotating refresh token is used once', async () => {
    const pat = owned(() => undefined);
    const values = await Promise.all(Array.from({ length: 50 }, () => pat.value()));
    expect(new Set(values)).toEqual(new Set(['pat-1']));
    expect(stub.count('POST /token')).toBe(1);
  });

  it('is renewed a minute before it expires, with the newest refresh token', async () => {
    const pat = owned(() => undefined);
    await pat.value();
    now = 539_999;
    await expect(pat.value()).resolves.toBe('pat-1');
    now = 540_000;
    await expect(pat.value()).resolves.toBe('pat-2');
    expect(stub.requests.at(-1)?.body).toBe('grant_type=refresh_token&refresh_token=rt-1');
  });

  it('is not used before the rotated refresh token is stored', async () => {
    const order: string[] = [];
    let stored = (): void => undefined;
    const pat = owned(() => new Promise<void>((resolve) => (stored = resolve)).then(() => void order.push('stored')));
    const value = pat.value().then(() => order.push('used'));
    while (stub.count('POST /token') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual([]);
    stored();
    await value;
    expect(order).toEqual(['stored', 'used']);
  });

  it('fails when the refresh token cannot be stored, and never presents the used one again', async () => {
    let full = true;
    const saved: string[] = [];
    const pat = owned((token) => {
      if (full) throw new Error('disk full');
      saved.push(token);
    });
    await expect(pat.value()).rejects.toThrow('disk full');
    full = false;
    await expect(pat.value()).resolves.toBe('pat-2');
    expect(stub.requests.at(-1)?.body).toContain('refresh_token=rt-1');
    expect(saved).toEqual(['rt-2']);
  });

  it.each([
    ['lacks uma_protection', { access_token: 'a', token_type: 'Bearer', scope: 'photos.read' }],
    ['is no bearer token', { access_token: 'a', token_type: 'DPoP' }],
    ['is missing', { token_type: 'Bearer' }],
  ])('is refused when the answer %s', async (_what, json) => {
    stub.on('POST /token', () => ({ json }));
    await expect(new ProtectionApiToken(server()).value()).rejects.toMatchObject({ reason: 'bad_answer' });
  });
});

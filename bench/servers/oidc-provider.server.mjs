/**
 * The peer: oidc-provider as its documentation sets it up, reduced to what the bench asks of it.
 * Environment: PORT, STORAGE (memory | sqlite | postgres), DATABASE (file or URL), CLIENT_SECRET,
 * REFRESH_TOKENS and REFRESH_FILE (so many refresh tokens are made before the first request; there is no HTTP way to
 * them without a browser).
 */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import Provider from 'oidc-provider';
import { openStorage } from './oidc-provider.storage.mjs';

const { PORT, STORAGE, DATABASE, CLIENT_SECRET, REFRESH_TOKENS, REFRESH_FILE } = process.env;
const DAY = 86_400;
const SCOPE = 'offline_access api';

const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  adapter: await openStorage(STORAGE, DATABASE),
  jwks: { keys: [{ ...signingKey, kid: 'bench', use: 'sig', alg: 'ES256' }] },
  scopes: ['openid', 'offline_access', 'profile', 'api'],
  claims: { openid: ['sub'], profile: ['name'] },
  clients: [
    {
      client_id: 'bench',
      client_secret: CLIENT_SECRET,
      grant_types: ['client_credentials', 'authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: ['https://client.example/callback'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'ES256',
      scope: `openid profile ${SCOPE}`,
    },
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context, resource) => ({
        scope: 'api',
        audience: resource,
        accessTokenTTL: DAY,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  ttl: { ClientCredentials: DAY, AccessToken: DAY, RefreshToken: 14 * DAY, Grant: 14 * DAY },
  rotateRefreshToken: true,
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
});
/** Signs in whom the request hints at, and consents: what stands in for the pages that a provider brings itself. */
provider.use(async (context, next) => {
  if (!context.path.startsWith('/interaction/')) return next();
  const { params } = await provider.interactionDetails(context.req, context.res);
  const accountId = String(params.login_hint);
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(context.req, context.res, result);
  context.respond = false;
});
provider.on('server_error', (_context, fault) => console.error(fault));

/** @param {number} count */
async function makeRefreshTokens(count) {
  const client = await provider.Client.find('bench');
  const now = Math.floor(Date.now() / 1000);
  const tokens = [];
  for (let index = 0; index < count; index++) {
    const accountId = `account-${index}`;
    const grant = new provider.Grant({ accountId, clientId: 'bench' });
    grant.addOIDCScope(SCOPE);
    const token = new provider.RefreshToken({
      accountId,
      client,
      grantId: await grant.save(),
      gty: 'authorization_code',
      iiat: now,
      authTime: now,
      rotations: 0,
      scope: SCOPE,
    });
    tokens.push(await token.save());
  }
  return tokens;
}

if (REFRESH_FILE) writeFileSync(REFRESH_FILE, (await makeRefreshTokens(Number(REFRESH_TOKENS))).join('\n'));
provider.listen(Number(PORT), '127.0.0.1');

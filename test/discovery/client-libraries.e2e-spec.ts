import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { describeServer } from '../support/engines.js';
import { CAROL, PHOTOS } from '../support/world.js';

const CONNECTIONS = [{ account: 'alice', client: 'print-shop', scope: 'photos.read' }];
const INSECURE = { [oauth.allowInsecureRequests]: true };

/** Libraries of others, as they come: what they find and ask has to fit without a setting for this server. */
describeServer('client libraries: discovery and use', { issuerPath: '/t1', connections: CONNECTIONS }, (server) => {
  const secretOf = (name: 'print-shop' | 'other-shop' | 'photo-service') => server().world.clients[name].secret ?? '';
  const discover = (clientId: string, authentication: client.ClientAuth, algorithm: 'oauth2' | 'oidc' = 'oauth2') =>
    client.discovery(new URL(server().issuer), clientId, undefined, authentication, {
      algorithm,
      execute: [client.allowInsecureRequests],
    });

  it.each(['oauth2', 'oidc'] as const)('IR-60, IR-63 oauth4webapi discovers it by %s', async (algorithm) => {
    const issuer = new URL(server().issuer);
    const response = await oauth.discoveryRequest(issuer, { algorithm, ...INSECURE });
    const metadata = await oauth.processDiscoveryResponse(issuer, response);
    expect(metadata.issuer).toBe(server().issuer);
    expect(metadata.token_endpoint).toBe(`${server().issuer}/token`);
  });

  it.each(['oauth2', 'oidc'] as const)('OC-06 openid-client discovers it by %s', async (algorithm) => {
    const config = await discover('print-shop', client.ClientSecretBasic(secretOf('print-shop')), algorithm);
    expect(config.serverMetadata().issuer).toBe(server().issuer);
  });

  it('openid-client authenticates by every method, and introspects and revokes what it got', async () => {
    const { key } = server().world.clients['signed-shop'];
    if (!key) throw new Error('signed-shop has no key');
    const photos = await discover('photo-service', client.ClientSecretBasic(secretOf('photo-service')));
    for (const config of [
      await discover('print-shop', client.ClientSecretBasic(secretOf('print-shop'))),
      await discover('other-shop', client.ClientSecretPost(secretOf('other-shop'))),
      await discover('signed-shop', client.PrivateKeyJwt({ key, kid: 'signed-shop-1' })),
    ]) {
      const granted = await client.clientCredentialsGrant(config, { scope: 'photos.read', resource: PHOTOS });
      expect(granted.expires_in).toBe(600);
      const seen = await client.tokenIntrospection(photos, granted.access_token);
      expect(seen).toMatchObject({ active: true, scope: 'photos.read' });
      await client.tokenRevocation(config, granted.access_token);
      expect(await client.tokenIntrospection(photos, granted.access_token)).toEqual({ active: false });
    }
  });

  it('openid-client refreshes', async () => {
    const config = await discover('print-shop', client.ClientSecretBasic(secretOf('print-shop')));
    const first = server().connections[0]?.refresh_token ?? '';
    const second = await client.refreshTokenGrant(config, first);
    expect(second.refresh_token).not.toBe(first);
    await client.refreshTokenGrant(config, second.refresh_token ?? '');
  });

  it('openid-client speaks the uma-ticket grant as a generic one, and shows its refusals', async () => {
    const config = await discover('print-shop', client.ClientSecretBasic(secretOf('print-shop')));
    const photos = await discover('photo-service', client.ClientSecretBasic(secretOf('photo-service')));
    const pat = (await client.clientCredentialsGrant(photos, { scope: 'uma_protection' })).access_token;
    const options = { bearer: pat };
    const created = await server().http.json('POST', '/uma/resources/', { resource_scopes: ['view'] }, options);
    const wanted = { resource_id: created.json()._id, resource_scopes: ['view'] };
    const ticket = (await server().http.json('POST', '/uma/permission', wanted, options)).json<{ ticket: string }>();
    const idToken = await server().world.partner.idToken({ subject: CAROL, audience: server().issuer });
    const asked = client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:uma-ticket', {
      ticket: ticket.ticket,
      claim_token: idToken,
      claim_token_format: 'http://openid.net/specs/openid-connect-core-1_0.html#IDToken',
    });
    await expect(asked).rejects.toMatchObject({ status: 403 });
  });
});

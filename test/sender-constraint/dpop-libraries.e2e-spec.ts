import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { describeServer } from '../support/engines.js';
import type { Server } from '../support/server.js';
import { PHOTOS } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** Certified client libraries, as they come. */
describe.each([false, true])('client libraries with DPoP, nonces demanded: %s', (demanded) => {
  const config = { tokens: { require_dpop_nonce: demanded } };
  describeServer('RFC 9449', { issuerPath: '/t1', config }, (server) => {
    it('DP-04, DP-05, DP-06 oauth4webapi gets a bound token and uses it', async () => {
      const issuer = new URL(server().issuer);
      const as = await oauth.processDiscoveryResponse(
        issuer,
        await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE }),
      );
      expect(as.dpop_signing_alg_values_supported).toContain('ES256');
      const who: oauth.Client = { client_id: 'photo-service' };
      const authentication = oauth.ClientSecretBasic(secretOf(server(), 'photo-service'));
      const DPoP = oauth.DPoP(who, await oauth.generateKeyPair('ES256', { extractable: true }));
      const ask = () =>
        oauth.clientCredentialsGrantRequest(
          as,
          who,
          authentication,
          { scope: 'uma_protection' },
          { DPoP, ...INSECURE },
        );
      const first = await ask();
      const granted = await oauth.processClientCredentialsResponse(as, who, first).catch(async (error: unknown) => {
        expect([demanded, oauth.isDPoPNonceError(error)]).toEqual([true, true]);
        return oauth.processClientCredentialsResponse(as, who, await ask());
      });
      expect(granted.token_type).toBe('dpop');
      const url = new URL(`${server().issuer}/uma/resources/`);
      const options = { DPoP, ...INSECURE };
      const answer = await oauth.protectedResourceRequest(
        granted.access_token,
        'GET',
        url,
        undefined,
        undefined,
        options,
      );
      expect(answer.status).toBe(200);
    });

    it('DP-04, DP-05 openid-client gets a bound token with every client authentication, signed ones too', async () => {
      const { key } = server().world.clients['signed-shop'];
      if (!key) throw new Error('signed-shop has no key');
      const clients: [string, client.ClientAuth][] = [
        ['print-shop', client.ClientSecretBasic(secretOf(server(), 'print-shop'))],
        ['signed-shop', client.PrivateKeyJwt({ key, kid: 'signed-shop-1' })],
      ];
      for (const [clientId, authentication] of clients) {
        const found = await client.discovery(new URL(server().issuer), clientId, undefined, authentication, {
          algorithm: 'oauth2',
          execute: [client.allowInsecureRequests],
        });
        const DPoP = client.getDPoPHandle(found, await client.randomDPoPKeyPair('ES256'));
        const granted = await client.clientCredentialsGrant(
          found,
          { scope: 'photos.read', resource: PHOTOS },
          { DPoP },
        );
        expect(granted.token_type).toBe('dpop');
        expect((await client.tokenIntrospection(found, granted.access_token)).cnf).toEqual({
          jkt: await DPoP.calculateThumbprint(),
        });
      }
    });
  });
});

function secretOf({ world }: Server, name: 'print-shop' | 'photo-service'): string {
  return world.clients[name].secret ?? '';
}

import * as openid from 'openid-client';

import { pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { httpFor } from '../support/http.js';
import { CAROL, UMA_TICKET } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, CAROLS_ACCOUNT } from './photo-sharing.js';

const OPTIONS = { connections: ALICES_CONNECTIONS, issuerPath: '/family/tenant-1' };

describeServer('UMA grant: discovery and a client off the shelf', OPTIONS, (server) => {
  const origin = () => httpFor(new URL(server().issuer).origin);
  const path = OPTIONS.issuerPath;

  it('UG-01 serves the UMA configuration below the issuer, which it names byte for byte', async () => {
    const answer = await origin().get(`${path}/.well-known/uma2-configuration`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toMatchObject({
      issuer: server().issuer,
      token_endpoint: `${server().issuer}/token`,
      permission_endpoint: `${server().issuer}/uma/permission`,
      resource_registration_endpoint: `${server().issuer}/uma/resources/`,
    });
    expect((await origin().get(`/.well-known/uma2-configuration${path}`)).status).toBe(404);
  });

  it('UG-02 serves the same document at the addresses of OAuth and OpenID Connect', async () => {
    const addresses = [
      `${path}/.well-known/uma2-configuration`,
      `${path}/.well-known/openid-configuration`,
      `/.well-known/oauth-authorization-server${path}`,
    ];
    const answers = await Promise.all(addresses.map((address) => origin().get(address)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('UG-04 lists the uma-ticket grant, and where people give claims', async () => {
    const document = (await origin().get(`${path}/.well-known/uma2-configuration`)).json();
    expect(document.grant_types_supported).toContain(UMA_TICKET);
    expect(document.claims_interaction_endpoint).toBe(`${server().issuer}/uma/claims`);
  });

  describe('openid-client', () => {
    const configuration = () => {
      const { clientId, secret } = server().world.clients['print-shop'];
      return openid.discovery(new URL(server().issuer), clientId, undefined, openid.ClientSecretBasic(secret), {
        algorithm: 'oauth2',
        execute: [openid.allowInsecureRequests],
      });
    };
    const claims = async () =>
      pushed(await server().world.partner.idToken({ subject: CAROL, audience: server().issuer }));

    it('UG-10 gets need_info with a ticket and with what is needed', async () => {
      const album = await aliceOf(server()).album();
      const ticket = await album.ticket('view');
      const config = await configuration();
      const refused: unknown = await openid
        .genericGrantRequest(config, UMA_TICKET, { ticket })
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({
        status: 403,
        error: 'need_info',
        cause: {
          ticket: expect.stringMatching(/^vk_tk_/) as string,
          required_claims: [
            {
              name: 'sub',
              friendly_name: expect.any(String) as string,
              issuer: [server().world.partner.issuer],
              claim_token_format: ['http://openid.net/specs/openid-connect-core-1_0.html#IDToken'],
            },
          ],
        },
      });
    });

    it('gets an RPT and refreshes it', async () => {
      const album = await aliceOf(server()).album();
      await album.share(CAROLS_ACCOUNT, ['view']);
      const config = await configuration();
      const form = { ticket: await album.ticket('view'), ...(await claims()) };
      const granted = await openid.genericGrantRequest(config, UMA_TICKET, form);
      expect(granted).toMatchObject({ token_type: 'bearer', expires_in: 600, pct: expect.any(String) as string });
      expect(granted).not.toHaveProperty('scope');
      expect(await aliceOf(server()).permissions(granted.access_token)).toEqual([album.on('view')]);

      const refreshed = await openid.refreshTokenGrant(config, granted.refresh_token ?? '');
      expect(await aliceOf(server()).permissions(refreshed.access_token)).toEqual([album.on('view')]);
    });
  });
});

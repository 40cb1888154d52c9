import { decodeJwt } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { allowed, givePassword, locationOf, PASSWORD } from '../support/person.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';

const OPEN = { mode: 'open', clients_per_network: 1_000, scopes: ['openid'] };
const TWO_FACTORS = 'urn:valetkey:acr:2';
const WISH = { default_acr_values: [TWO_FACTORS], require_auth_time: true };

describeServer(
  'OpenID Connect Dynamic Client Registration section 2: default_acr_values and require_auth_time',
  { config: { registration: OPEN } },
  (server) => {
    beforeAll(() => givePassword(server(), 'alice'));
    const url = ({ client_id }: Registered, changes: Record<string, string> = {}) => {
      const request = authorizationRequest({ client_id, redirect_uri: REDIRECT, scope: 'openid', ...changes });
      return `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
    };

    it('DC-01 are registered as they were wished for', async () => {
      expect(await registrarOf(server()).registered(WISH)).toMatchObject(WISH);
    });

    it.each([
      { default_acr_values: ['urn:other'] },
      { default_acr_values: ['phr', 'phr'] },
      { default_acr_values: 'phr' },
      { require_auth_time: 'yes' },
    ])('DC-03 are refused where nobody can sign in so: %j', async (wish) => {
      for (const answer of await registrarOf(server()).bothWays({ redirect_uris: [REDIRECT], ...wish }))
        expect([answer.status, answer.json().error]).toEqual([400, 'invalid_client_metadata']);
    });

    it('a password alone is not enough for a request that does not say, by a registration and by a change', async () => {
      const { registered, manage } = registrarOf(server());
      const [made, changed] = [await registered(WISH), await registered()];
      const body = { client_id: changed.client_id, redirect_uris: [REDIRECT], ...WISH };
      expect((await manage('PUT', changed, body)).status).toBe(200);
      for (const who of [made, changed]) {
        const browser = new FormBrowser(server().issuer);
        const page = await browser.open(url(who));
        const left = await browser.submit(page, { username: 'alice', password: PASSWORD });
        expect(locationOf(left).searchParams.get('error')).toBe('unmet_authentication_requirements');
      }
    });

    it('acr_values of the request override them, and the ID token says when she signed in', async () => {
      const who = await registrarOf(server()).registered(WISH);
      const back = await allowed(new FormBrowser(server().issuer), url(who, { acr_values: 'urn:valetkey:acr:1' }));
      const answer = await server().http.form(
        '/token',
        {
          grant_type: 'authorization_code',
          code: back.searchParams.get('code') ?? '',
          redirect_uri: REDIRECT,
          code_verifier: VERIFIER,
        },
        { headers: { authorization: basic(who.client_id, who.client_secret ?? '') } },
      );
      const { acr, auth_time: authTime } = decodeJwt(String(answer.json().id_token));
      expect([acr, Number(authTime) > 1_700_000_000]).toEqual(['urn:valetkey:acr:1', true]);
    });
  },
);

import * as oauth from 'oauth4webapi';

import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { registrarOf } from '../support/registrar.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const ALICE = { username: 'alice', password: PASSWORD };
const SECRET = 'optional-secret-optional-secret-optional0';
const ASKED = 'openid email offline_access photos.read photos.write';
const NEEDED = 'openid photos.read';

const member = (client_id: string, members: object = {}) => ({
  client_id,
  name: client_id,
  type: 'confidential',
  secret: { env: 'OPTIONAL_SECRET' },
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'email', 'offline_access', 'photos.read', 'photos.write'],
  audiences: [PHOTOS],
  ...members,
});
const OPTIONAL = ['email', 'offline_access', 'photos.write'];
const NAMES = ['all', 'some', 'none', 'again', 'tampered', 'later', 'named'];
const SET_UP = {
  issuerPath: '/t1',
  clients: [
    ...NAMES.map((name) => member(name, { optional_scopes: OPTIONAL })),
    member('nothing', { optional_scopes: ['photos.read', 'photos.write'] }),
    // Whose scope no other one has.
    member('elsewhere', { scopes: ['openid', 'others.read'], audiences: [], optional_scopes: ['others.read'] }),
  ],
  config: {
    registration: {
      mode: 'open',
      scopes: ['openid', 'photos.read', 'photos.write', 'view', 'print', 'download', 'offline_access'],
      audiences: [PHOTOS],
    },
  },
  env: { OPTIONAL_SECRET: SECRET },
};

const tick = (...scopes: string[]): Record<string, string> => ({
  decision: 'allow',
  ...Object.fromEntries(scopes.map((scope) => [`permission.${scope}`, 'allow'])),
});
/** The boxes of a page, and whether one is ticked. */
const boxesOf = ({ text }: Shown) =>
  [...text.matchAll(/<input\b[^>]*type="checkbox"[^>]*>/g)].map(([input]) => ({
    name: /\bname="([^"]*)"/.exec(input)?.[1],
    checked: /\bchecked\b/.test(input),
  }));
const unticked = (...scopes: string[]) => scopes.map((scope) => ({ name: `permission.${scope}`, checked: false }));
const sorted = (scope: string | undefined) => scope?.split(' ').sort().join(' ');

describeServer('optional scopes at consent', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const discovered = async () => {
    const issuer = new URL(server().issuer);
    const answer = await oauth.discoveryRequest(issuer, { ...INSECURE, algorithm: 'oidc' });
    return oauth.processDiscoveryResponse(issuer, answer);
  };
  /** An application with its client library, and alice at a browser of hers. */
  const application = async (clientId: string, secret = SECRET) => {
    const as = await discovered();
    const client: oauth.Client = { client_id: clientId };
    const browser = new FormBrowser(server().issuer);
    const verifier = oauth.generateRandomCodeVerifier();
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const authentication = oauth.ClientSecretBasic(secret);

    const ask = async (changes: Record<string, string> = {}): Promise<Shown> => {
      const url = new URL(as.authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: CALLBACK,
        scope: ASKED,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...changes,
      }).toString();
      const shown = await browser.open(url.href);
      return shown.text.includes('name="password"') ? browser.submit(shown, ALICE) : shown;
    };
    const redeem = async ({ left }: Shown) => {
      if (!left) throw new Error('the browser was not sent back');
      const callback = oauth.validateAuthResponse(as, client, left, oauth.expectNoState);
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        authentication,
        callback,
        CALLBACK,
        verifier,
        INSECURE,
      );
      return oauth.processAuthorizationCodeResponse(as, client, response);
    };
    const introspect = async (token: string) => {
      const response = await oauth.introspectionRequest(as, client, authentication, token, INSECURE);
      return oauth.processIntrospectionResponse(as, client, response);
    };
    const decide = async (filled: Record<string, string>, changes: Record<string, string> = {}) =>
      browser.submit(await ask(changes), filled);
    return { browser, ask, decide, redeem, introspect };
  };

  it('RFC 6749 3.3: all that she ticks is in the token, and is not asked for again', async () => {
    const shop = await application('all');
    const page = await shop.ask();
    expect(boxesOf(page)).toEqual(unticked('email', 'offline_access', 'photos.write'));
    const tokens = await shop.redeem(await shop.browser.submit(page, tick(...OPTIONAL)));
    expect(sorted(tokens.scope)).toBe(sorted(ASKED));
    expect(sorted((await shop.introspect(tokens.access_token)).scope)).toBe(sorted(ASKED));
    expect(tokens.refresh_token).toBeDefined();
    expect(sorted((await shop.redeem(await shop.ask({ prompt: 'none' }))).scope)).toBe(sorted(ASKED));
    expect(boxesOf(await shop.ask({ prompt: 'consent' }))).toEqual([]);
    const again = await shop.redeem(await shop.decide(tick(), { prompt: 'consent' }));
    expect(sorted(again.scope)).toBe(sorted(ASKED));
  });

  it('RFC 6749 3.3: of what she does not tick nothing is in the token, the consent, or a later answer', async () => {
    const shop = await application('some');
    const given = `${NEEDED} photos.write`;
    const tokens = await shop.redeem(await shop.decide(tick('photos.write')));
    expect(sorted(tokens.scope)).toBe(sorted(given));
    expect(sorted((await shop.introspect(tokens.access_token)).scope)).toBe(sorted(given));
    expect(tokens.refresh_token).toBeUndefined();
    expect(sorted((await shop.redeem(await shop.ask())).scope)).toBe(sorted(given));
    expect(sorted((await shop.redeem(await shop.ask({ prompt: 'none' }))).scope)).toBe(sorted(given));
  });

  it('RFC 6749 3.3: with no tick the client has what it cannot work without', async () => {
    const shop = await application('none');
    expect(sorted((await shop.redeem(await shop.decide(tick()))).scope)).toBe(sorted(NEEDED));
    expect(sorted((await shop.redeem(await shop.ask())).scope)).toBe(sorted(NEEDED));
    const only = await shop.ask({ scope: 'photos.write', prompt: 'none' });
    expect(only.left?.searchParams.get('error')).toBe('consent_required');
  });

  it('OC-02 prompt=consent asks for what was left out, and takes nothing away', async () => {
    const shop = await application('again');
    await shop.redeem(await shop.decide(tick('photos.write')));
    const page = await shop.ask({ prompt: 'consent' });
    expect(boxesOf(page)).toEqual(unticked('email', 'offline_access'));
    const tokens = await shop.redeem(await shop.browser.submit(page, tick('email')));
    expect(sorted(tokens.scope)).toBe(sorted(`${NEEDED} photos.write email`));
    const silent = await shop.redeem(await shop.ask({ prompt: 'none' }));
    expect(sorted(silent.scope)).toBe(sorted(`${NEEDED} photos.write email`));
  });

  it('a scope that the client asks for later is asked for then, and alone', async () => {
    const shop = await application('later');
    await shop.redeem(await shop.decide(tick(), { scope: `${NEEDED} email` }));
    const page = await shop.ask({ scope: `${NEEDED} email photos.write` });
    expect(boxesOf(page)).toEqual(unticked('photos.write'));
    // Nor does a box count that the page did not have.
    const tokens = await shop.redeem(await shop.browser.submit(page, tick('photos.write', 'email')));
    expect(sorted(tokens.scope)).toBe(sorted(`${NEEDED} photos.write`));
  });

  it('attack class 25: a tampered form gives what was asked and ticked, no more and no less', async () => {
    const shop = await application('tampered');
    const nothingNeeded = { 'permission.photos.read': '', 'permission.openid': 'deny' };
    const notAsked = tick('photos.write', 'others.read', 'uma_protection', 'authorizations');
    const oddValues = {
      'permission.email': 'on',
      client_id: 'elsewhere',
      redirect_uri: `${CALLBACK}/2`,
      scope: ASKED,
      scopes: ASKED,
      permission: 'allow',
    };
    const asked = { scope: `${NEEDED} email` };
    const tokens = await shop.redeem(await shop.decide({ ...nothingNeeded, ...oddValues, ...notAsked }, asked));
    expect(sorted(tokens.scope)).toBe(sorted(NEEDED));
    expect(boxesOf(await shop.ask())).toEqual(unticked('offline_access', 'photos.write'));
    const twice = await shop.ask({ scope: ASKED });
    const doubled = twice.text.replace(
      '</form>',
      '<input type="hidden" name="permission.photos.write" value="allow"/></form>',
    );
    expect((await shop.browser.submit({ ...twice, text: doubled }, tick('photos.write'))).status).toBe(400);
  });

  it('allowing nothing of what is all optional is a denial, and nothing is remembered of it', async () => {
    const shop = await application('nothing');
    const asked = { scope: 'photos.read photos.write' };
    const denied = await shop.decide(tick(), asked);
    expect(denied.left?.searchParams.get('error')).toBe('access_denied');
    expect((await shop.redeem(await shop.decide(tick('photos.read'), asked))).scope).toBe('photos.read');
  });

  it('IR-53 a grant by name has what was ticked for it', async () => {
    const shop = await application('named');
    await shop.redeem(await shop.decide(tick('email')));
    const create = { grant_management_action: 'create' };
    const page = await shop.ask(create);
    expect(boxesOf(page)).toEqual(unticked('email', 'offline_access', 'photos.write'));
    const tokens = await shop.redeem(await shop.browser.submit(page, tick('photos.write')));
    expect(sorted(tokens.scope)).toBe(sorted(`${NEEDED} photos.write`));
  });

  it('DC-01 a client registers what is optional, and only of its own scopes', async () => {
    const wish = { scope: NEEDED, optional_scopes: ['photos.read'], redirect_uris: [CALLBACK] };
    const { client_id: id, client_secret: secret } = await registrarOf(server()).registered(wish);
    const shop = await application(id, secret);
    const page = await shop.ask({ scope: NEEDED });
    expect(boxesOf(page)).toEqual(unticked('photos.read'));
    expect((await shop.redeem(await shop.browser.submit(page, tick()))).scope).toBe('openid');
    for (const optional_scopes of [['photos.write'], ['openid'], 'photos.read']) {
      const answer = await server().http.json('POST', '/register', { ...wish, optional_scopes });
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_client_metadata']);
    }
  });
});

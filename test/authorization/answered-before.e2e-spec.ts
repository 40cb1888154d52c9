import { authorizationRequest } from '../support/authorization-request.js';
import { changeStored } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE } from '../support/world.js';
import { arrive, claimsUrl, GATHERING } from '../uma-grant/claims-gathering.js';
import { aliceOf } from '../uma-grant/photo-sharing.js';

const HOME = 'https://planner.example/start?a=1&b=2';
const SECRET = 'planner-secret-planner-secret-planner-00';
const ALICE = { username: 'alice', password: PASSWORD };
const SET_UP = {
  ...GATHERING,
  config: {
    ...GATHERING.config,
    registration: { mode: 'open', clients_per_network: 100, scopes: ['openid'] },
  },
  clients: [
    ...GATHERING.clients,
    ...['planner', 'roofless'].map((client_id) => ({
      client_id,
      name: `The ${client_id} <b>`,
      type: 'confidential',
      secret: { env: 'PLANNER_SECRET' },
      grant_types: ['authorization_code', DEVICE_CODE],
      redirect_uris: [CALLBACK],
      scopes: ['openid'],
      ...(client_id === 'planner' && { client_uri: HOME }),
    })),
  ],
  env: { ...GATHERING.env, PLANNER_SECRET: SECRET },
};

/** The page says that it is over, and by which application to begin anew; it links to `home` or to nothing outside. */
function expectOver(shown: Shown, application: string, home?: string): void {
  expect([shown.status, shown.left]).toEqual([400, undefined]);
  expect(shown.text).toContain(`Go back to <bdi>${application}</bdi> and start again.`);
  expect(shown.text).toContain('Nothing was changed.');
  const links = [...shown.text.matchAll(/href="(https:[^"]+)"/g)].map(([, url]) => url?.replaceAll('&amp;', '&'));
  expect(links).toEqual(home === undefined ? [] : [home]);
}

describeServer('A3, A8: a question that was answered, or has expired', SET_UP, (server) => {
  beforeAll(async () => {
    for (const name of ['alice', 'carol']) await givePassword(server(), name);
  });
  /** Those that wait are over, a moment ago. */
  const expired = () =>
    changeStored(server(), `UPDATE interaction SET expires_at = ${Date.now() - 1_000} WHERE done_at IS NULL`);
  const asked = async (client_id: string, redirect_uri = CALLBACK) => {
    const browser = new FormBrowser(server().issuer);
    const query = new URLSearchParams(
      authorizationRequest({ client_id, redirect_uri, scope: 'openid', prompt: 'consent' }),
    );
    const signIn = await browser.open(`${server().issuer}/authorize?${query.toString()}`);
    return { browser, signIn, page: await browser.submit(signIn, ALICE) };
  };

  it.each([
    ['planner', HOME],
    ['roofless', undefined],
  ])('consent of %s: answered twice, in whatever words, and by the back button', async (clientId, home) => {
    const { browser, page } = await asked(clientId);
    const { left } = await browser.submit(page, { decision: 'allow' });
    expect(left?.searchParams.get('code')).toMatch(/^vk_ac_/);
    for (const again of [
      await browser.submit(page, { decision: 'allow' }),
      await browser.submit(page, { decision: 'deny' }),
      await browser.open(page.url),
    ])
      expectOver(again, `The ${clientId} &lt;b&gt;`, home);
  });

  it('of two answers at one time one counts, and the other is told where to start again', async () => {
    const { browser, page } = await asked('planner');
    const answers = await Promise.all(Array.from({ length: 6 }, () => browser.submit(page, { decision: 'deny' })));
    expect(answers.filter(({ left }) => left?.searchParams.get('error') === 'access_denied')).toHaveLength(1);
    for (const other of answers.filter(({ left }) => left === undefined))
      expectOver(other, 'The planner &lt;b&gt;', HOME);
  });

  it('consent that has expired, before the sign-in as well as before the answer', async () => {
    const early = await asked('planner');
    const late = new FormBrowser(server().issuer);
    const query = new URLSearchParams(
      authorizationRequest({ client_id: 'planner', scope: 'openid', redirect_uri: CALLBACK }),
    );
    const signIn = await late.open(`${server().issuer}/authorize?${query.toString()}`);
    await expired();
    expectOver(await early.browser.submit(early.page, { decision: 'allow' }), 'The planner &lt;b&gt;', HOME);
    expectOver(await early.browser.open(early.page.url), 'The planner &lt;b&gt;', HOME);
    expectOver(await late.submit(signIn, ALICE), 'The planner &lt;b&gt;', HOME);
    // Another browser learns of no application.
    const { text } = await new FormBrowser(server().issuer).open(early.page.url);
    expect([text.includes('This page is no longer valid'), text.includes('planner')]).toEqual([true, false]);
  });

  it('attack class 212: of a stranger the name alone, and of a client that is gone nothing', async () => {
    const metadata = { client_name: 'Odd shop', client_uri: 'https://evil.example/', redirect_uris: [REDIRECT] };
    const { registered, manage } = registrarOf(server());
    const who = await registered(metadata);
    const { browser, page } = await asked(who.client_id, REDIRECT);
    await browser.submit(page, { decision: 'deny' });
    const again = await browser.submit(page, { decision: 'allow' });
    expectOver(again, 'Odd shop');
    expect(again.text).not.toContain('evil.example');
    await manage('DELETE', who);
    const gone = await browser.submit(page, { decision: 'allow' });
    expect([gone.status, gone.left, gone.text.includes('Odd shop')]).toEqual([400, undefined, false]);
  });

  it('A7, A8 a device: answered twice, with the back button, at another browser, and too late', async () => {
    const begin = async (browser: FormBrowser, code?: string) => {
      const headers = { authorization: basic('planner', SECRET) };
      const begun = () => server().http.form('/device_authorization', { scope: 'openid' }, { headers });
      const user_code = code ?? textMember(await begun(), 200, 'user_code');
      const signIn = await browser.submit(await browser.open(`${server().issuer}/device`), { user_code });
      return {
        user_code,
        page: signIn.text.includes('name="password"') ? await browser.submit(signIn, ALICE) : signIn,
      };
    };
    const [browser, other] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
    const { page, user_code } = await begin(browser);
    const { page: elsewhere } = await begin(other, user_code);
    expect((await browser.submit(page, { decision: 'allow' })).text).toContain('Your device is connected');
    for (const again of [
      await browser.submit(page, { decision: 'allow' }),
      await browser.open(page.url),
      await other.submit(elsewhere, { decision: 'deny' }),
      await other.open(elsewhere.url),
    ])
      expectOver(again, 'The planner &lt;b&gt;', HOME);
    const { page: late } = await begin(browser);
    await changeStored(server(), `UPDATE device_code SET valid_until = ${Date.now() - 1_000} WHERE state = 'pending'`);
    expectOver(await browser.submit(late, { decision: 'allow' }), 'The planner &lt;b&gt;', HOME);
  });

  it('UG-34 the claims page: answered twice, with the back button, and too late', async () => {
    const album = await aliceOf(server()).album();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    expect((await browser.submit(shown, { decision: 'cancel' })).left?.searchParams.get('error')).toBe('access_denied');
    for (const again of [await browser.submit(shown, { decision: 'send' }), await browser.open(shown.url)])
      expectOver(again, 'Gallery');
    const late = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    await expired();
    expectOver(await late.browser.submit(late.shown, { decision: 'send' }), 'Gallery');
  });
});

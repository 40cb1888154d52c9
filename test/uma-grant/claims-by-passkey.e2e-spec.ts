import type { Browser, Page } from 'playwright-core';

import { PASSWORD, people } from '../account/people.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { describeServer } from '../support/engines.js';
import { textMember } from '../support/uma.js';
import { addAuthenticator } from '../support/virtual-authenticator.js';
import { BACK, claimsUrl, GATHERING, galleryOf, giveClaims } from './claims-gathering.js';
import { type Album, aliceOf, outcome } from './photo-sharing.js';

const { config, env } = people('alice', 'bob');
const SET_UP = {
  ...GATHERING,
  config: { ...GATHERING.config, ...config },
  env: { ...GATHERING.env, ...env },
  issuerHost: 'localhost',
} as const;
const BOBS_ACCOUNT = { type: 'account', account_id: 'bob' };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describeServer('UMA grant: claims that a sign-in by passkey gave', SET_UP, (server) => {
  const alice = () => aliceOf(server());
  const gallery = () => galleryOf(server());
  const ticketFor = async (album: Album) => textMember(await gallery().rpt(await album.ticket('view')), 403, 'ticket');
  const passkeys = () => `${server().issuer}/account/passkeys`;

  const makePasskey = async (page: Page) => {
    await addAuthenticator(page);
    await page.goto(`${passkeys()}/new`);
    await page.fill('[name=username]', 'bob');
    await page.fill('[name=password]', PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Name of the passkey').fill('Key');
    await page.getByRole('button', { name: 'Create passkey' }).click();
    await page.waitForURL(passkeys());
  };

  /** He comes with a ticket, signs in by his passkey and gives everything. @returns the ticket that he comes back with */
  const giveByPasskey = async (page: Page, ticket: string): Promise<string> => {
    await page.context().clearCookies();
    await page.goto(claimsUrl(server(), { ticket }));
    await page.getByRole('link', { name: 'Sign in with a passkey' }).click();
    const send = page.locator('[value=send]');
    await send.waitFor();
    const back = page.waitForRequest((request) => request.url().startsWith(`${BACK}&`));
    await send.click({ noWaitAfter: true });
    const { searchParams } = new URL((await back).url());
    // There is no such place: its error page comes after the request, and would interrupt what is opened next.
    await eventually(
      async () => page.url(),
      (url) => url.startsWith('chrome-error:'),
    );
    return searchParams.get('ticket') ?? '';
  };

  it('224 they count as long as he has the passkey: then neither PCT nor process, while what a password gave stays', async () => {
    const album = await alice().album();
    await album.share(BOBS_ACCOUNT, ['view']);
    const { page, context } = await openContext(browser);
    await makePasskey(page);
    const first = await gallery().rpt(await giveByPasskey(page, await ticketFor(album)));
    const [rpt, pct] = [textMember(first, 200, 'access_token'), textMember(first, 200, 'pct')];
    const going = await giveByPasskey(page, await ticketFor(album));
    const { left } = await giveClaims(server(), await ticketFor(album), 'bob');
    const byPassword = await gallery().rpt(left?.searchParams.get('ticket') ?? '');
    const withPct = async (one: string) => outcome(await gallery().rpt(await album.ticket('view'), { pct: one }));
    expect(await withPct(pct)).toBe('200');

    await page.goto(passkeys());
    await page.getByRole('button', { name: 'Remove \u2068Key\u2069' }).click();
    await page.getByText('You have no passkey.').waitFor();
    await context.close();

    expect(await withPct(pct)).toBe('403 need_info');
    // Who has been at a browser in this process is not sent there again.
    expect(outcome(await gallery().rpt(going))).toBe('403 request_denied');
    expect(await withPct(textMember(byPassword, 200, 'pct'))).toBe('200');
    // What was granted before rests on its record (decision 19).
    expect(await alice().permissions(rpt)).toEqual([album.on('view')]);
    expect((await gallery().refresh(textMember(first, 200, 'refresh_token'))).status).toBe(200);
  });
});

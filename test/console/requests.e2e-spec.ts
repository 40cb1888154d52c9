import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { accessOf } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { clientOf, pushed } from '../support/client.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { countedInteractions } from '../support/keystroke-model.js';
import { measured } from '../support/measures.js';
import { sentTo } from '../support/outbox.js';
import { requestingParty } from '../support/uma.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';
import { CAROL, DAVE } from '../support/world.js';
import { endSessionAt, expectFocus, expectSound, screenBrowser, tellNothing } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

const cardOf = (page: Page, name: string) => page.locator('li[data-row]').filter({ hasText: name });

interface RequestJson {
  readonly state: string;
  readonly reason?: string;
  readonly muted_until?: string;
  readonly given?: readonly { readonly scopes: readonly { readonly scope: string }[]; readonly until: string }[];
}

describeServer('O7: requests', { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const hers = () => accessOf(server(), alice());
  const asked = async (name: string) => daveAsks(server(), alice(), await alice().album(name));
  const requestOf = async (id: string) => (await hers().get(`requests/${id}`)).json<RequestJson>();

  afterEach(async () => {
    const { items } = (await hers().get('requests?state=pending&limit=200')).json<{ items: { id: string }[] }>();
    for (const { id } of items) await hers().post(`requests/${id}/deny`, {});
  });

  it('G4 one press approves as proposed: only what looks, for a week; the outcome stays where it stood; undo', async () => {
    const name = `Yes ${randomUUID()}`;
    const album = await alice().album(name);
    const { requestId } = await daveAsks(server(), alice(), album);
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    await cardOf(page, name).waitFor();
    expect(await cardOf(page, name).getByRole('checkbox', { name: 'See photos' }).isChecked()).toBe(true);
    expect(await cardOf(page, name).getByRole('checkbox', { name: 'Order prints' }).isChecked()).toBe(false);
    await expectSound(watched, 'requests: waiting');
    const count = countedInteractions();
    const approve = cardOf(page, name).getByRole('button', { name: /^Approve for 1 week/ });
    await count(() => approve.click());
    await cardOf(page, name)
      .getByText(/^You approved this just now \(.*\)\.$/)
      .waitFor();
    measured('G4', 'interactions as proposed', count.total());
    await expectSound(watched, 'requests: approved');
    const { state, given = [] } = await requestOf(requestId);
    expect([state, given.map(({ scopes }) => scopes.map(({ scope }) => scope))]).toEqual(['approved', [['view']]]);
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    expect((await requestingParty(server(), DAVE, 'print-shop').present(ticket)).status).toBe(200);
    await cardOf(page, name).getByRole('button', { name: /^Undo/ }).click();
    await page.getByText(/no longer has this access/).waitFor();
    await cardOf(page, name)
      .getByText(/^You approved this .*; what you gave is over\.$/)
      .waitFor();
    // What it was, and that she revoked it, here and among the answered ones.
    const over = /dave-2.* could see photos in .*You ended it (just now|1 minute ago|.* seconds? ago) \(.*\)\./;
    await cardOf(page, name).getByText(over).waitFor();
    await page.getByRole('radio', { name: 'Answered' }).check();
    await page.getByRole('heading', { level: 1, name: 'Requests you answered' }).waitFor();
    await cardOf(page, name).getByText(over).waitFor();
    await expectSound(watched, 'requests: what was given is over');
  });

  it('G4 changed, it is three presses; an answer that gives nothing says what is missing', async () => {
    const name = `Less ${randomUUID()}`;
    const { requestId } = await asked(name);
    const { page } = await open();
    await openConsole(server(), page, 'alice', '/requests');
    const card = cardOf(page, name);
    await card.getByRole('checkbox', { name: 'See photos' }).uncheck();
    await card.getByRole('button', { name: /^Approve/ }).click();
    await card.getByRole('link', { name: 'Tick at least one thing to allow.' }).click();
    await expectFocus(page, /^INPUT/);
    const count = countedInteractions();
    await count(() => card.getByRole('checkbox', { name: 'Order prints' }).check());
    await card.getByText('It costs money each time.').waitFor();
    await count(() => card.getByRole('radio', { name: '1 day' }).check());
    await card.getByText(/You allow less than asked/).waitFor();
    await count(() => card.getByRole('button', { name: /^Approve for 1 day/ }).click());
    await card.getByText(/^You approved this just now \(.*\)\.$/).waitFor();
    measured('G4', 'interactions with changes', count.total());
    expect(count.total()).toBeLessThanOrEqual(3);
    const [given] = (await requestOf(requestId)).given ?? [];
    expect(given?.scopes.map(({ scope }) => scope)).toEqual(['print']);
  });

  it('principle 4: deny is one press of the same size; the next card has the focus; undo lets it wait again', async () => {
    for (const name of ['First', 'Second']) await asked(`${name} ${randomUUID()}`);
    const { page } = await open();
    await openConsole(server(), page, 'alice', '/requests');
    const card = page.locator('li[data-row]').first();
    const next = page.locator('li[data-row]').last().getByRole('heading', { level: 2 });
    const deny = card.getByRole('button', { name: /^Deny ?, / });
    const approve = card.getByRole('button', { name: /^Approve/ });
    const sizeOf = async (button: typeof deny) => {
      const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};
      return [Math.round(width), Math.round(height)];
    };
    expect(await sizeOf(deny)).toEqual(await sizeOf(approve));
    await deny.click();
    await card.getByText(/You denied this/).waitFor();
    await expectFocus(page, `H2 ${await next.textContent()}`);
    await card.getByRole('button', { name: /^Undo/ }).click();
    await approve.waitFor();
  });

  it('a no with a word, and no new requests for 30 days, in the same place', async () => {
    const name = `Word ${randomUUID()}`;
    const { requestId } = await asked(name);
    const watched = await open({ viewport: { width: 360, height: 800 } });
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    const card = cardOf(page, name);
    await card.getByRole('button', { name: /^Deny with a reason/ }).click();
    await page.keyboard.type('Not before <b>Monday</b>');
    await expectSound(watched, 'requests: a no with a word');
    await card.getByRole('button', { name: /^Deny, and no new requests/ }).click();
    // The form holds the same words until the answer is there.
    await card.getByText(/You denied this/).waitFor();
    await card.getByText('Not before <b>Monday</b>').waitFor();
    const { state, reason, muted_until: muted } = await requestOf(requestId);
    expect([state, reason]).toEqual(['denied', 'Not before <b>Monday</b>']);
    expect(Date.parse(muted ?? '')).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    await page.getByRole('radio', { name: 'Answered' }).check();
    await page.waitForURL(/show=answered/);
    await page.getByRole('heading', { level: 1, name: 'Requests you answered' }).waitFor();
    await card.getByText(/No new requests until/).waitFor();
    await expectSound(watched, 'requests: answered elsewhere');
    await card.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText(/waits again/).waitFor();
  });

  it('answered on another device while the card is open: the outcome stands there, nothing is done twice', async () => {
    const name = `Elsewhere ${randomUUID()}`;
    const { requestId } = await asked(name);
    const { page } = await open();
    await tellNothing(page);
    await openConsole(server(), page, 'alice', '/requests');
    await cardOf(page, name).waitFor();
    expect((await hers().post(`requests/${requestId}/deny`, {})).status).toBe(200);
    await cardOf(page, name)
      .getByRole('button', { name: /^Approve/ })
      .click();
    await cardOf(page, name).getByText('This was answered in another window or on another device.').waitFor();
    expect((await requestOf(requestId)).state).toBe('denied');
  });

  it('pressed twice, it is approved once; the session that ends meanwhile keeps what was chosen', async () => {
    const name = `Twice ${randomUUID()}`;
    const { requestId } = await asked(name);
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    const card = cardOf(page, name);
    await card.getByRole('checkbox', { name: 'Order prints' }).check();
    await endSessionAt(watched, 'POST', 'requests/*/approve');
    await card.getByRole('button', { name: /^Approve/ }).click();
    await signInAgain(page);
    await card.waitFor();
    expect(await card.getByRole('checkbox', { name: 'Order prints' }).isChecked()).toBe(true);
    const posts: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    await card.getByRole('button', { name: /^Approve/ }).dblclick();
    await card.getByText(/^You approved this just now \(.*\)\.$/).waitFor();
    expect(posts).toHaveLength(1);
    expect((await requestOf(requestId)).given).toHaveLength(1);
  });

  it('G14, G16 names with markup and from right to left, of 60 characters, stay names; no scope is named', async () => {
    for (const name of ['<b onclick=alert(1)>Bold</b>', 'ألبوم الصيف', 'W'.repeat(60)]) await asked(name);
    const watched = await open({ viewport: { width: 320, height: 700 } });
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    await cardOf(page, '<b onclick=alert(1)>Bold</b>').waitFor();
    await expectSound(watched, 'requests: names of every kind');
  });

  it('its application was suspended meanwhile: the card says that only a no is possible, and a no counts', async () => {
    const name = `Suspended ${randomUUID()}`;
    const { requestId } = await asked(name);
    const setEnabled = (enabled: boolean) =>
      reconfigure(server(), (settings) =>
        Object.assign(entryOf(settings, 'clients', 'client_id', 'print-shop'), { enabled }),
      );
    await setEnabled(false);
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    const card = cardOf(page, name);
    await card.getByText('The operator suspended or removed this application', { exact: false }).waitFor();
    await expectSound(watched, 'requests: its application is suspended');
    await card.getByRole('button', { name: /^Deny ?, / }).click();
    await card.getByText(/You denied this/).waitFor();
    expect((await requestOf(requestId)).state).toBe('denied');
    await setEnabled(true);
  });

  it('O7 says who vouched for her and when, and what came with it, also of somebody with an account', async () => {
    const name = `Vouched ${randomUUID()}`;
    const album = await alice().album(name);
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    const claims = { name: 'Carol Cook', email: 'carol@partner.example', email_verified: true };
    const { partner } = server().world;
    const token = await partner.idToken({ subject: CAROL, audience: server().issuer, claims });
    expect((await clientOf(server(), 'print-shop').rpt(ticket, pushed(token))).json()).toMatchObject({
      error: 'request_submitted',
    });
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    const card = cardOf(page, name);
    await card.getByText('Has an account here.').waitFor();
    await card
      .getByText(/^Signed in through Example partner, who vouches for the name; checked (just now|.* ago) \(.*\)\./)
      .waitFor();
    await card.getByText(/: the name Carol Cook and the e-mail address carol@partner\.example\.$/).waitFor();
    await expectSound(watched, 'requests: who vouched');
  });

  it('nothing waits: says so, and where it would come from', async () => {
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    await page.getByText('Nothing is waiting.').waitFor();
    await expectSound(watched, 'requests: nothing waits');
    await page.getByRole('link', { name: 'See who has access' }).click();
    await page.getByRole('heading', { level: 1, name: 'Who has access' }).waitFor();
  });
});

describeServer(
  'O7: from the mail to the card',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    it('the link in the mail leads, after a sign-in, to the request, which is answered there', async () => {
      const { alice } = ownersOf(server());
      const name = `Mailed ${randomUUID()}`;
      const { requestId } = await daveAsks(server(), alice, await alice.album(name));
      const { text } = await sentTo(server(), 'alice@example.org', name);
      const link = /https?:\/\/\S+\/console\/\S+/.exec(text)?.[0] ?? '';
      const { page } = await open();
      await page.goto(link);
      await signInAgain(page);
      const card = cardOf(page, name);
      await card.getByRole('button', { name: /^Approve/ }).click();
      await card.getByText(/^You approved this just now \(.*\)\.$/).waitFor();
      expect(page.url()).toBe(link);
      expect((await accessOf(server(), alice).get(`requests/${requestId}`)).json()).toMatchObject({
        state: 'approved',
      });
    });
  },
);

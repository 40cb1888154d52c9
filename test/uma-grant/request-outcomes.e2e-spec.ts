import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import { sentTo } from '../support/outbox.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { arrive, claimsUrl, credentialsOf, GATHERING, galleryOf, givePasswords } from './claims-gathering.js';
import type { Album } from './photo-sharing.js';
import { aliceOf, outcome } from './photo-sharing.js';

const DAY = 86_400_000;
const NEXT_YEAR = new Date().getUTCFullYear() + 1;
const WEEKDAY = new Date(`${NEXT_YEAR}-01-15T12:00:00Z`).toLocaleDateString('en', {
  weekday: 'short',
  timeZone: 'UTC',
});
const TO_BOB = 'bob@example.org';

describeServer('UMA grant: a requesting party sees what became of her request (A5)', GATHERING, (server) => {
  beforeAll(() => givePasswords(server(), 'bob', 'carol'));
  const alice = () => aliceOf(server());
  const albumCalled = async (name: string): Promise<Album> => {
    const id = await alice().photos.register({ name, resource_scopes: ['view', 'print'] });
    const on = (...scopes: string[]) => ({ resource_id: id, resource_scopes: scopes });
    return { id, on, ticket: (...scopes) => alice().photos.ticket(on(...scopes)), share: () => Promise.reject() };
  };

  it('UG-31 what the owner allowed of more than that is told as it is, at the page and by mail, also when it has ended', async () => {
    const album = await albumCalled('Partly');
    const { browser, shown } = await asked(server(), album, 'view', 'print');
    await browser.submit(shown, { decision: 'mail' });
    const { id } = await alice().pendingRequest(album);
    await alice().owner.approve(id, { scopes: { [album.id]: ['view'] }, expires_at: `${NEXT_YEAR}-01-15T23:00:00Z` });

    const seen = textOf(await browser.open(shown.url));
    expect(seen).toContain('Alice Archer has allowed a part of it');
    expect(seen).toMatch(/You may now See the photos for Partly You got less than you asked for\./);
    expect(seen).toMatch(/You asked to See the photos Print/);
    const { text } = await sentTo(server(), TO_BOB, 'Partly');
    expect(text).toContain('Alice Archer has allowed a part of what you asked for “Partly”.');
    expect(text).toContain(
      `You can see the photos in Partly, shared by Alice Archer, until ${WEEKDAY} 15 Jan ${NEXT_YEAR}, 24:00 Vienna time (`,
    );
    const later = `${server().issuer}/uma/requests/${id}`;
    expect(textOf(await browser.open(later))).toContain('has allowed a part of it');

    const { items } = (await alice().owner.get(`policies?resource_id=${album.id}`)).json<{ items: { id: string }[] }>();
    for (const policy of items) await alice().owner.removePolicy(policy.id);
    expect(textOf(await browser.open(later))).toContain('What Alice Archer allowed has ended');
  });

  it('UG-31 who waits can close the page: it names an address that shows the answer at another browser', async () => {
    const album = await albumCalled('Later');
    const { shown } = await asked(server(), album, 'view');
    const { id } = await alice().pendingRequest(album);
    const [, lasting = ''] = /href="([^"]*\/uma\/requests\/[^"]*)"/.exec(shown.text) ?? [];
    expect(lasting).toBe(`${server().issuer}/uma/requests/${id}`);
    await alice().owner.approve(id);
    const later = new FormBrowser(server().issuer);
    const signIn = await later.open(lasting);
    expect(textOf(await later.submit(signIn, credentialsOf('bob')))).toContain('Alice Archer has allowed it');
  });

  it('UG-31 who is signed in with another account at that address is told so, and can be somebody else', async () => {
    const album = await albumCalled('Mistaken');
    await asked(server(), album, 'view');
    const { id } = await alice().pendingRequest(album);
    const browser = new FormBrowser(server().issuer);
    const signIn = await browser.open(`${server().issuer}/uma/requests/${id}`);
    // There is no application that the sign-in could be cancelled for.
    expect(signIn.text).not.toMatch(/value="cancel"|Valetkey<\/bdi>/);
    const foreign = await browser.submit(signIn, credentialsOf('carol'));
    expect([foreign.status, textOf(foreign)]).toEqual([404, expect.stringContaining('No request of this account')]);
    expect(foreign.text).not.toContain('Mistaken');
    const again = await browser.submit(foreign, {});
    expect(textOf(await browser.submit(again, credentialsOf('bob')))).toContain('has been asked');
  });

  it('UG-31 of two resources one allowed in full is a part', async () => {
    const [given, other] = [await albumCalled('Given'), await albumCalled('Other')];
    const ticket = await alice().photos.ticket(given.on('view'), other.on('view'));
    const { browser, shown } = await sent(server(), ticket);
    const { id } = await alice().pendingRequest(given);
    await alice().owner.approve(id, { scopes: { [given.id]: ['view'] } });
    const seen = textOf(await browser.open(shown.url));
    expect(seen).toContain('has allowed a part of it');
    expect(seen).toMatch(/You may now See the photos for Given You got less/);
  });

  it('UG-31 what begins later is told as allowed from then on, at the page and by mail, and not as over', async () => {
    const album = await albumCalled('Beginning');
    const { browser, shown } = await asked(server(), album, 'view', 'print');
    await browser.submit(shown, { decision: 'mail' });
    const { id } = await alice().pendingRequest(album);
    await alice().owner.approve(id, { from: new Date(Date.now() + 2 * DAY).toISOString() });
    const seen = textOf(await browser.open(shown.url));
    expect(seen).toContain('Alice Archer has allowed it');
    expect(seen).toMatch(/You can use it from \w{3} \d.*Go back to the application then\./);
    const { text } = await sentTo(server(), TO_BOB, 'Beginning');
    expect(text).toMatch(/You can see and print the photos in Beginning, shared by Alice Archer, from /);
    expect(text).not.toContain('Go back');
  });

  it('UG-31 all of it is told as all of it', async () => {
    const album = await albumCalled('All');
    const { browser, shown } = await asked(server(), album, 'view', 'print');
    await alice().owner.approve((await alice().pendingRequest(album)).id);
    const seen = textOf(await browser.open(shown.url));
    expect(seen).toContain('Alice Archer has allowed it');
    expect(seen).not.toMatch(/You may now|a part of/);
  });

  it('UG-31 a no says when she may ask again; who asks the same before sees that no, and the client hears it', async () => {
    const album = await albumCalled('Denied');
    const { browser, shown } = await asked(server(), album, 'view');
    await browser.submit(shown, { decision: 'mail' });
    const { id } = await alice().pendingRequest(album);
    const before = Date.now();
    await alice().owner.deny(id);
    const seen = await browser.open(shown.url);
    expect(textOf(seen)).toContain('Alice Archer has not allowed it');
    const again = Date.parse(/You can ask again from <time datetime="([^"]+)"/.exec(seen.text)?.[1] ?? '');
    expect(again).toBeGreaterThanOrEqual(before + DAY);
    expect(again).toBeLessThanOrEqual(Date.now() + DAY);
    expect((await sentTo(server(), TO_BOB, 'Denied')).text).toMatch(/You can ask for it again from \w{3} \d/);

    const repeated = await asked(server(), album, 'view');
    expect(repeated.shown.left).toBeUndefined();
    expect(textOf(repeated.shown)).toContain('Alice Archer has not allowed it');
    expect(Date.parse(/again from <time datetime="([^"]+)"/.exec(repeated.shown.text)?.[1] ?? '')).toBe(again);
    const { left } = await repeated.browser.submit(repeated.shown, { decision: 'back' });
    expect(outcome(await galleryOf(server()).rpt(left?.searchParams.get('ticket') ?? ''))).toBe('403 request_denied');
  });

  it('UG-31 the owner’s words with a no are told, and when to ask again where she wants to hear nothing more', async () => {
    const album = await albumCalled('Muted');
    const { browser, shown } = await asked(server(), album, 'view');
    await browser.submit(shown, { decision: 'mail' });
    const { id } = await alice().pendingRequest(album);
    const token = server().connections.find(({ scope }) => scope.includes('authorizations.write'))?.access_token;
    const body = { reason: 'Ask <b>Carol</b> www.evil.example', mute_days: 30 };
    await server().http.json('POST', `/me/requests/${id}/deny`, body, { bearer: token ?? '' });
    const seen = await browser.open(shown.url);
    expect(seen.text).toContain('Ask &lt;b&gt;Carol&lt;/b&gt;');
    const again = Date.parse(/You can ask again from <time datetime="([^"]+)"/.exec(seen.text)?.[1] ?? '');
    expect(again).toBeGreaterThan(Date.now() + 29 * DAY);
    expect((await sentTo(server(), TO_BOB, 'Muted')).text).toContain(
      'Alice Archer says: “Ask  b Carol /b  www evil.example”',
    );
    const other = await asked(server(), await albumCalled('Unheard'), 'view');
    expect(textOf(other.shown)).toContain('Alice Archer has not allowed it');
    expect(Date.parse(/again from <time datetime="([^"]+)"/.exec(other.shown.text)?.[1] ?? '')).toBe(again);
  });
});

/** Bob gives what there is to give, and is told that the owner is asked, or what she said. */
async function asked(server: Server, album: Album, ...scopes: string[]) {
  return sent(server, await album.ticket(...scopes));
}

async function sent(server: Server, first: string) {
  const ticket = textMember(await galleryOf(server).rpt(first), 403, 'ticket');
  const { browser, shown } = await arrive(server, claimsUrl(server, { ticket }), 'bob');
  return { browser, shown: await browser.submit(shown, { decision: 'send' }) };
}

/** What is to be read, in one line. */
function textOf({ text }: Shown): string {
  const main = /<main\b[\s\S]*<\/main>/.exec(text)?.[0] ?? text;
  return main
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<[^>]+>/g, '\u0000')
    .replace(/\u0000+/g, ' ')
    .replace(/\s+/g, ' ');
}

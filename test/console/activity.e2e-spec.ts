import { randomUUID } from 'node:crypto';
import { accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { readsIn } from './languages.js';
import { expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

describeServer('O11: activity', { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const shared = async (name: string) => {
    const album = await alice().album(name);
    const share = await accessOf(server(), alice()).shareOne({ resource_ids: [album], subject: 'account:carol' });
    return { album, share };
  };

  it('what happened stands under its day as a sentence, names and all; the newest first (G8, G16)', async () => {
    const names = ['<b onclick=alert(1)>Bold</b>', 'ألبوم الصيف', 'W'.repeat(60)];
    for (const name of names) await shared(name);
    const { share } = await shared('Gone');
    await accessOf(server(), alice()).end(share.id);
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/activity');
    await page.getByRole('heading', { level: 2, name: /^Today, / }).waitFor();
    const lines = await page.getByRole('main').getByRole('listitem').allTextContents();
    expect(lines[0]).toMatch(/You signed in\.$/);
    const [first = ''] = lines.filter((line) => !line.includes('You signed in.'));
    expect(first).toMatch(/\d\d:\d\d.*revoked access: Carol Cook can no longer see photos in Gone\./);
    for (const name of names) expect(lines.some((line) => line.includes(name))).toBe(true);
    await expectSound(watched, 'activity: a list');
  });

  it('filters are in the address, and survive the back button; where days leave nothing, one press widens them', async () => {
    const name = `Filter ${randomUUID()}`;
    const { album } = await shared(name);
    const { page } = await open();
    await openConsole(server(), page, 'alice', '/activity');
    await page.getByLabel('Resource').selectOption({ label: name });
    await page.waitForURL((url) => url.searchParams.get('resource') === album);
    const rows = page.getByRole('main').getByRole('listitem');
    await rows.nth(2).waitFor({ state: 'detached' });
    for (const text of await rows.allTextContents()) expect(text).toContain(name);
    await page.getByLabel('What happened').selectOption({ label: 'Access was given' });
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Look at this access/ }).click();
    await page.waitForURL(/\/access\/share/);
    await page.goBack();
    await page.waitForURL(/kind=given/);
    await page.getByLabel('What happened').waitFor();
    const one = (count: number) => count === 1;
    expect(await eventually(() => rows.count(), one)).toBe(1);
    await page.getByLabel('To, included').fill('2020-01-01');
    await page.getByText('Nothing like this happened.').waitFor();
    await page.getByRole('button', { name: 'Look at all days' }).click();
    await rows.first().waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.waitForURL((url) => url.search === '');
  });

  it('words find lines by their names, in the address; what was refused leads to what it was about', async () => {
    const name = `Wörter ${randomUUID()}`;
    const { album } = await shared(name);
    await shared(`Other ${randomUUID()}`);
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['print'] });
    await requestingParty(server(), CAROL, 'print-shop').present(ticket);
    const words = encodeURIComponent(name.replace('ö', 'o').toLowerCase());
    const lines = async () =>
      (await accessOf(server(), alice()).get(`activity?q=${words}`)).json<{ items: { kind: string }[] }>().items;
    const found = await eventually(lines, (items) => items.some(({ kind }) => kind === 'refused'));
    expect(found.map(({ kind }) => kind).sort()).toEqual(['asked', 'given', 'refused', 'registered']);
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/activity');
    await page.getByRole('searchbox', { name: 'Search for words' }).fill(`carol ${name}`);
    await page.waitForURL((url) => url.searchParams.get('q') === `carol ${name}`);
    const rows = page.getByRole('main').getByRole('listitem');
    expect(
      await eventually(
        () => rows.count(),
        (count) => count === 3,
      ),
    ).toBe(3);
    for (const text of await rows.allTextContents()) expect(text).toContain(name);
    await expectSound(watched, 'activity: found by words');
    await rows.getByRole('link', { name: /^See what it was about/ }).click();
    await page.waitForURL((url) => url.pathname.endsWith(`/resources/${album}`));
  });

  it.each(['resource', 'q'])('UX O11 the table is downloaded with what the address says: %s', async (member) => {
    const name = `Table ${randomUUID()}`;
    const { album } = await shared(name);
    const { page } = await open();
    await openConsole(
      server(),
      page,
      'alice',
      `/activity?${member}=${encodeURIComponent(member === 'q' ? name : album)}`,
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as a table (CSV)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('activity.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const lines = Buffer.concat(chunks).toString('utf8').trim().split(/\r?\n/);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(1)) expect(line).toContain(name);
  });

  it('G8, G14 in German; filters that leave nothing are taken away', async () => {
    await readsIn(server(), 'de');
    const watched = await open({ viewport: { width: 320, height: 700 } });
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/activity?kind=stopped');
    await page.getByText('So etwas ist nicht geschehen.').waitFor();
    await expectSound(watched, 'activity: nothing found');
    await page.getByRole('button', { name: 'Filter aufheben' }).first().click();
    await expectSound(watched, 'activity: filtered');
  });
});

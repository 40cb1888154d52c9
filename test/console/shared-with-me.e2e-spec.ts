import { randomUUID } from 'node:crypto';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { type ListJson, OWNERS_CONNECTIONS, ownersOf, type RequestJson } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { givePassword } from '../support/person.js';
import { expectSound, screenBrowser } from './screens.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { WORDED } from './worded.js';

/** The end of the ninth day from now, where the browser is. */
const IN_TEN_DAYS = `((now) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 10).toISOString())(new Date())`;

const open = screenBrowser();

describeServer(
  'O10: shared with me',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED },
  (server) => {
    const bob = () => ownersOf(server()).bob;
    const his = () => accessOf(server(), bob());

    it('nothing yet: says how to ask for something', async () => {
      const watched = await open();
      await openConsole(server(), watched.page, 'alice', '/shared-with-me');
      await watched.page.getByText('Nobody shares anything with you yet.').waitFor();
      await watched.page.getByText('You have asked for nothing.').waitFor();
      await expectSound(watched, 'shared with me: nothing yet');
    });

    it('what others give, what is to come, and what is over, each in a sentence to her', async () => {
      const mark = randomUUID();
      const albums = await Promise.all(
        ['<i>Now</i>', 'Later', 'Over', 'Taken'].map((name) => bob().album(`${name} ${mark}`)),
      );
      const [now = '', later = '', over = '', taken = ''] = albums;
      const subject = 'account:alice';
      await his().shareOne({ resource_ids: [now], subject });
      await his().shareOne({ resource_ids: [later], subject, from: inDays(2), until: inDays(4) });
      const soon = new Date(Date.now() + 1_500).toISOString();
      await his().shareOne({ resource_ids: [over], subject, until: soon });
      await his().end((await his().shareOne({ resource_ids: [taken], subject })).id);
      await past(Date.parse(soon));
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/shared-with-me');
      const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: `${name} ${mark}` });
      await rowOf('<i>Now</i>')
        .getByText(/You can see photos in .*, shared by .*Bob Baker/)
        .waitFor();
      await rowOf('Later')
        .getByText(/starts/)
        .waitFor();
      const group = page.getByRole('region', { name: 'Ended in the last 30 days' });
      await group.getByText(`Over ${mark}`).first().waitFor();
      await rowOf('Taken')
        .getByText(/Bob Baker\W* ended it/)
        .waitFor();
      await expectSound(watched, 'shared with me: now, later and over');
    });

    it('O10 her open page says what is taken away, given back, and answered, without a reload', async () => {
      await givePassword(server(), 'carol');
      const { alice } = ownersOf(server());
      const name = `Live ${randomUUID()}`;
      const album = await alice.album(name);
      const [{ page: hers }, { page: carols }] = [await open(), await open()];
      await openConsole(server(), carols, 'carol', '/shared-with-me');
      await carols.evaluate('window.isTheSame = true');
      const [present, ended] = ['You can use', 'Ended in the last 30 days'].map((title) =>
        carols.getByRole('region', { name: title }).getByRole('listitem').filter({ hasText: name }),
      );
      await accessOf(server(), alice).shareOne({ resource_ids: [album], subject: 'account:carol' });
      await present?.waitFor();
      await openConsole(server(), hers, 'alice', `/access?q=${encodeURIComponent(name)}`);
      await hers.getByRole('button', { name: /^Revoke/ }).click();
      await ended?.getByText(/Alice Archer\W* ended it/).waitFor();
      await present?.waitFor({ state: 'detached' });
      await hers
        .getByRole('button', { name: /^Give back/ })
        .first()
        .click();
      await present?.waitFor();
      await ended?.waitFor({ state: 'detached' });
      const wanted = await alice.album(`${name} asked`);
      const ticket = await alice.photos.ticket({ resource_id: wanted, resource_scopes: ['view'] });
      await requestingParty(server(), CAROL, 'print-shop').present(ticket);
      const asked = carols
        .getByRole('region', { name: 'What you asked for' })
        .getByRole('listitem')
        .filter({ hasText: name });
      await asked.getByText('Waiting').waitFor();
      const owner = accessOf(server(), alice);
      const { items } = (await owner.get('requests?state=pending&limit=200')).json<ListJson<RequestJson>>();
      const request = items.find(({ resources }) => resources.some((one) => one.resource_id === wanted));
      expect((await owner.post(`requests/${request?.id ?? ''}/deny`, {})).status).toBe(200);
      await asked.getByText(/^Denied/).waitFor();
      expect(await carols.evaluate('window.isTheSame')).toBe(true);
    });

    it('G18, ux 6 an end of his day in Berlin is his last day in New York, too, by the name of his zone', async () => {
      const name = `Zones ${randomUUID()}`;
      await givePassword(server(), 'bob');
      const { page } = await open({ timezoneId: 'Europe/Berlin' });
      await openConsole(server(), page, 'bob', '/');
      const until = await page.evaluate<string>(IN_TEN_DAYS);
      await his().shareOne({
        resource_ids: [await bob().album(name)],
        subject: 'account:alice',
        until,
      });
      await page.goto(`${server().issuer}/console/access`);
      const row = page.locator('li[data-row]').filter({ hasText: name });
      await row.waitFor();
      const [, day = ''] = /until (.+?) \(in 9 days\)/.exec((await row.textContent()) ?? '') ?? [];
      expect(day).toMatch(/^\w{3} \d+ \w+ \d{4}$/);
      const { page: hers } = await open({ timezoneId: 'America/New_York' });
      await openConsole(server(), hers, 'alice', '/shared-with-me');
      await hers.getByRole('listitem').filter({ hasText: name }).getByText(`until ${day}, 24:00 Berlin time`).waitFor();
    });
  },
);

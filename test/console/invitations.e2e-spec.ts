import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { people } from '../account/people.js';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { freshAddress, invitationOf, type InvitationJson, invite, invitedBy, openedBy } from '../support/invited.js';
import { linkOf, sentTo } from '../support/outbox.js';
import { expectSound, screenBrowser, tellNothing } from './screens.js';
import { openShare, typeWho } from './sharing.js';
import { WORDED } from './worded.js';

const open = screenBrowser();
const { config, env } = people('alice', 'bob');
const INVITING = { ...WORDED, ...config, sharing: { directory: 'exact', invitations: true } };

const dialog = (page: Page) => page.getByRole('dialog');
const sentence = (page: Page) => dialog(page).getByRole('status', { name: 'What you are about to give' });
const option = (page: Page, address: string) => page.getByRole('option', { name: `Invite ${address} by e-mail` });
const inviteButton = (page: Page, address: string) => dialog(page).getByRole('button', { name: `Invite ${address}` });
const rowOf = (page: Page, address: string) => page.locator('li[data-row]').filter({ hasText: address });
const takeBack = (page: Page, address: string) => rowOf(page, address).getByRole('button', { name: /^Take back/ });

describeServer(
  'O3 no match: invite by e-mail',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: INVITING, env },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const album = async () => {
      const name = `Summer ${randomUUID()}`;
      return { name, id: await alice().album(name) };
    };
    const waiting = async (address: string) =>
      (await alice().owner.get('invitations?state=waiting&limit=200'))
        .json<{ items: InvitationJson[] }>()
        .items.filter((one) => one.address === address);

    it('whoever is not found is invited with the same form: what is shown before is what is offered, and it can be taken back', async () => {
      const [{ name, id }, address] = [await album(), freshAddress()];
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, address);
      await option(page, address).waitFor();
      await expectSound(watched, 'share: somebody to invite');
      await page.keyboard.press('Enter');
      await inviteButton(page, address).waitFor();
      const shown =
        /^Once it is accepted: \W*guest\S+ can see photos in \W*Summer \S+ from today until (\w+ \d+ \w+ \d+)/;
      await sentence(page).filter({ hasText: shown }).waitFor();
      await dialog(page).getByText('Its link works once and for seven days', { exact: false }).waitFor();
      await expectSound(watched, 'share: an invitation');
      const [, last = '?'] = shown.exec((await sentence(page).textContent()) ?? '') ?? [];
      await dialog(page).getByText('Add a note').click();
      await dialog(page).getByLabel('Note').fill('From our walk');
      await inviteButton(page, address).dblclick();
      await page.getByText(/gets a mail with a link that works once and for seven days/).waitFor();
      await page.locator(`[id="share-${id}"]:focus`).waitFor();
      const [made, ...others] = await waiting(address);
      expect(others).toEqual([]);
      const mail = await sentTo(server(), address, '/invitations/vk_il_');
      expect(mail.text).toContain(`see photos in ${name}`);
      expect(mail.text).toContain(last);
      await page.getByRole('button', { name: 'Take back' }).click();
      await page.getByText(/The invitation of \W*guest.* is taken back/).waitFor();
      expect(await invitationOf(alice(), made?.id ?? '')).toMatchObject({ state: 'taken_back' });
      expect((await fetch(linkOf(mail), { redirect: 'manual' })).status).toBe(400);
    });

    it('what is no address is nobody: it says how somebody is found, and that an address can be invited', async () => {
      const { name } = await album();
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, 'zoe');
      await dialog(page).getByText('Or type a whole e-mail address to invite somebody.', { exact: false }).waitFor();
      expect(await page.getByRole('option').count()).toBe(0);
      // Her own address is none to invite.
      await page.locator('#share-who').fill('alice@example.org');
      await dialog(page).getByText('Nobody and nothing called “alice@example.org” was found.').waitFor();
      expect(await page.getByRole('option').count()).toBe(0);
    });

    it('what the server refuses is said where the form is, and nothing is lost', async () => {
      const [{ name }, address] = [await album(), freshAddress()];
      for (let times = 0; times < 5; times += 1) {
        const { id } = (
          await invite(server(), alice(), { address, resource_ids: [await alice().album()] })
        ).json<InvitationJson>();
        await server().http.send({ method: 'DELETE', path: `/me/invitations/${id}`, bearer: alice().token });
      }
      const { page } = await open();
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, address);
      await page.keyboard.press('Enter');
      await inviteButton(page, address).click();
      await dialog(page)
        .getByText(/guest\S* was not invited\./)
        .waitFor();
      expect(await page.locator('#share-who').inputValue()).toBe(address);
    });

    it('who was invited stands with who has access until she answers; the screens show it by themselves', async () => {
      const [{ name, id }, address] = [await album(), freshAddress()];
      const watched = await open();
      const { page } = watched;
      const { link } = await invitedBy(server(), alice(), {
        ...{ address, resource_ids: [id], until: inDays(20), note: 'From our walk' },
      });
      await openConsole(server(), page, 'alice', '/access');
      const row = rowOf(page, address);
      await row.getByText(`Once accepted: can see photos in ${name}`, { exact: false }).waitFor();
      await row.getByText(/The mail was sent just now.*Its link works until/).waitFor();
      await expectSound(watched, 'access: somebody is invited');
      await page.goto(`${server().issuer}/console/resources/${id}`);
      await rowOf(page, address).waitFor();
      await expectSound(watched, 'resource: somebody is invited');
      const { browser, page: asked } = await openedBy(server(), link, 'bob');
      await browser.submit(asked, { decision: 'accept' });
      await rowOf(page, address).waitFor({ state: 'detached' });
      await page.getByText('accepted from your invitation', { exact: false }).waitFor();
      await page.goto(`${server().issuer}/console/resources/${id}/activity`);
      await page
        .getByText(/guest\S* accepted as \W*bob.* can see photos in/)
        .first()
        .waitFor();
      await page
        .getByText(/You invited \W*guest\S* by e-mail: see photos in/)
        .first()
        .waitFor();
    });

    it('is taken back by one press, with the focus where the row was; answered meanwhile it says so', async () => {
      const [{ id }, one, other] = [await album(), freshAddress(), freshAddress()];
      const first = await invitedBy(server(), alice(), { address: one, resource_ids: [id] });
      const second = await invitedBy(server(), alice(), { address: other, resource_ids: [id] });
      const { page } = await open();
      await tellNothing(page);
      await openConsole(server(), page, 'alice', `/resources/${id}`);
      await takeBack(page, one).click();
      await rowOf(page, one).waitFor({ state: 'detached' });
      await rowOf(page, other).locator('[data-row-heading]:focus').waitFor();
      expect(await invitationOf(alice(), first.id)).toMatchObject({ state: 'taken_back' });
      const { browser, page: asked } = await openedBy(server(), second.link, 'bob');
      await browser.submit(asked, { decision: 'decline' });
      await takeBack(page, other).click();
      await page.getByText('This invitation was answered meanwhile.').waitFor();
      expect(await waiting(other)).toEqual([]);
    });

    it('what is gone is left out of what was offered; with nothing left it says that the link opens nothing', async () => {
      const [stays, goes, address] = [await album(), await album(), freshAddress()];
      await invitedBy(server(), alice(), { address, resource_ids: [stays.id, goes.id] });
      await alice().photos.remove(goes.id);
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/access');
      await rowOf(page, address).getByText(`can see photos in ${stays.name} until`, { exact: false }).waitFor();
      await alice().photos.remove(stays.id);
      await rowOf(page, address).getByText('What was offered is gone: the link opens nothing.').waitFor();
    });

    it('in German', async () => {
      const [{ name, id }, address] = [await album(), freshAddress()];
      const { page } = await open({ locale: 'de-DE' });
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await page.getByRole('button', { name: `Teilen ${name}` }).click();
      await page.locator('#share-who:focus').waitFor();
      await page.keyboard.type(address);
      await page.getByRole('option', { name: `${address} per E-Mail einladen` }).click();
      await dialog(page).getByText('Sobald angenommen ist:', { exact: false }).waitFor();
      await dialog(page)
        .getByRole('button', { name: `${address} einladen` })
        .click();
      await page.getByText(/bekommt eine E-Mail mit einem Link/).waitFor();
      await page.goto(`${server().issuer}/console/resources/${id}`);
      await rowOf(page, address)
        .getByText(/Sobald angenommen: kann bis .* in .* ansehen\./)
        .waitFor();
    });
  },
);

describeServer(
  'O3 no match, where nobody is invited',
  {
    engines: ONE_ENGINE,
    connections: OWNERS_CONNECTIONS,
    config: { ...INVITING, sharing: { directory: 'exact' } },
    env,
  },
  (server) => {
    it('it says whom to ask, and asks for no invitations', async () => {
      const { alice } = ownersOf(server());
      const name = `Summer ${randomUUID()}`;
      await accessOf(server(), alice).shareOne({ resource_ids: [await alice.album(name)], subject: 'account:bob' });
      const { page } = await open();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await openConsole(server(), page, 'alice', `/?q=${name}`);
      await openShare(page, name);
      await typeWho(page, freshAddress());
      await dialog(page)
        .getByText('Who has no account here yet can be added by whoever runs this server.', { exact: false })
        .waitFor();
      expect(await page.getByRole('option').count()).toBe(0);
      await page.goto(`${server().issuer}/console/access`);
      await page.getByText('bob', { exact: false }).first().waitFor();
      expect(asked.filter((url) => url.includes('/me/invitations'))).toEqual([]);
    });
  },
);

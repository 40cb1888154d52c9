import { reconfigure } from '../uma-grant/photo-sharing.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { sessionApi } from '../support/console.js';
import { changeStored, query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { invitationOf, invitedBy, openedBy } from '../support/invited.js';
import { PASSWORD, people, signedIn } from './people.js';

const NAMES = ['alice', 'bob', 'maya', 'eve', 'gone'];
const { config, env } = people(...NAMES);
const HOSTILE = '<script>alert(1)</script>\u202e{{7*7}}';
const MOST_BYTES = 15_000;
const ALLOWED = { ...config, sharing: { invitations: true, longest_days: 60 } };
const OVER = 'This invitation is no longer valid';
const ACCEPT = { decision: 'accept' };

describeServer(
  'Invitations by e-mail: the page that the link leads to',
  { connections: OWNERS_CONNECTIONS, config: ALLOWED, env, issuerPath: '/t1' },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const open = (url: string) => new FormBrowser(server().issuer).open(url);
    const sharesOn = async (album: string) =>
      (await alice().owner.get(`policies?resource_id=${album}`)).json<{ items: object[] }>().items;
    const invited = async (fields: object = {}) => {
      const album = await alice().album();
      return { album, ...(await invitedBy(server(), alice(), { resource_ids: [album], ...fields })) };
    };
    const takeBack = (id: string) =>
      server().http.send({ method: 'DELETE', path: `/me/invitations/${id}`, bearer: alice().token });
    /** What differs from one browser to the next. */
    const comparable = ({ status, text }: Shown) => [status, text.replace(/(src|href)="[^"]*\?[^"]*"/g, '')];

    it('whoever signs in reads what is offered and by whom, accepts, and has it; the owner is told', async () => {
      const { album, link, address, id } = await invited({ note: 'For you', scopes: ['view', 'print'] });
      const browser = new FormBrowser(server().issuer);
      const signIn = await browser.open(link);
      // The link itself is on no page, and what is offered is for those with an account alone.
      expect(signIn.url).toMatch(/\/interaction\/vk_ia_/);
      for (const hidden of ['vk_il_', 'Summer', 'photos', address]) expect(signIn.text).not.toContain(hidden);
      const page = await browser.submit(signIn, { username: 'maya', password: PASSWORD });
      expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect([policy, page.text]).not.toContain("'unsafe");
      expect(policy).toContain("default-src 'none'");
      expect(page.text).not.toContain('<script');
      expect(Buffer.byteLength(page.text)).toBeLessThan(MOST_BYTES);
      expect(page.text.replace(/<[^>]*>/g, '')).toContain('You can see and print the photos in Summer, shared by');
      expect(page.text).toContain('alice &lt;b&gt;Example&lt;/b&gt;');
      expect(page.text).toContain('For you');
      expect(page.text).toContain(address);
      expect(page.text).not.toContain('vk_il_');
      expect(await sharesOn(album)).toEqual([]);

      const done = await browser.submit(page, ACCEPT);
      expect([done.status, done.text.includes('It is shared with you now')]).toEqual([200, true]);
      expect(await sharesOn(album)).toMatchObject([
        { subject: { type: 'account', account_id: 'maya' }, scopes: ['view', 'print'] },
      ]);
      expect(await invitationOf(alice(), id)).toMatchObject({
        state: 'accepted',
        accepted_by: { id: 'account:maya' },
      });
      const rows = (await alice().owner.get(`access?resource_id=${album}`)).json<{ items: object[] }>().items;
      expect(rows).toMatchObject([{ origin: 'invitation', holder: { id: 'account:maya' }, note: 'For you' }]);
      const lines = (await alice().owner.get('activity?kind=invitation_accepted')).json<{ items: object[] }>().items;
      expect(lines[0]).toMatchObject({
        invited: address,
        actor: { id: 'account:maya' },
        holder: { id: 'account:maya' },
      });
      const api = await sessionApi(server(), browser);
      const received = (await api.get('shared-with-me')).json<{ items: object[] }>().items;
      expect(received).toMatchObject([{ owner: { id: 'account:alice' }, resources: [{ id: album }] }]);
    });

    it('programs that look at links in mails use nothing up: GET as often as they like, HEAD is no method', async () => {
      const { link, id } = await invited();
      for (let times = 0; times < 5; times += 1) expect((await open(link)).status).toBe(200);
      expect((await fetch(link, { method: 'HEAD', redirect: 'manual' })).status).toBe(405);
      expect((await fetch(link, { method: 'POST', redirect: 'manual' })).status).toBe(405);
      const prefetched = await fetch(link, {
        headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch' },
        redirect: 'manual',
      });
      expect([prefetched.status, prefetched.headers.get('cache-control')]).toEqual([303, 'no-store']);
      // Somebody who is signed in looks, too.
      const { page } = await openedBy(server(), link, 'maya');
      expect(page.text).toContain('If you accept');
      expect(await invitationOf(alice(), id)).toMatchObject({ state: 'waiting' });
    });

    it('of ten who accept at once one has it, whoever they are; the others read that it is over', async () => {
      const { album, link } = await invited();
      const opened = [];
      for (let index = 0; index < 10; index += 1)
        opened.push(await openedBy(server(), link, index % 2 ? 'maya' : 'bob'));
      const answers = await Promise.all(opened.map(({ browser, page }) => browser.submit(page, ACCEPT)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(400)]);
      expect(answers.filter(({ text }) => text.includes(OVER))).toHaveLength(9);
      expect(await sharesOn(album)).toHaveLength(1);
    });

    it('a form that was sent is not sent again, and the link opens nothing any more', async () => {
      const { album, link } = await invited();
      const { browser, page } = await openedBy(server(), link, 'maya');
      expect((await browser.submit(page, ACCEPT)).status).toBe(200);
      expect((await browser.submit(page, ACCEPT)).status).toBe(400);
      expect((await open(link)).text).toContain(OVER);
      const again = await openedBy(server(), (await invited()).link, 'eve');
      expect(again.page.status).toBe(200);
      expect(await sharesOn(album)).toHaveLength(1);
    });

    it('answered, taken back, expired, with nothing left to give and never made: one and the same page', async () => {
      const [used, back, late, empty] = [await invited(), await invited(), await invited(), await invited()];
      const { browser, page } = await openedBy(server(), used.link, 'maya');
      await browser.submit(page, { decision: 'decline' });
      await takeBack(back.id);
      await alice().photos.remove(empty.album);
      await changeStored(server(), `UPDATE invitation SET ends_at = ${Date.now() - 1} WHERE id = '${late.id}'`);
      const shown: Shown[] = [];
      const never = [late.link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), `${server().issuer}/invitations/x`];
      const foreign = `${server().issuer}/invitations/vk_rl_${late.link.slice(-49)}`;
      for (const link of [used.link, back.link, late.link, empty.link, ...never, foreign]) shown.push(await open(link));
      expect(shown.map(({ status }) => status)).toEqual(Array<number>(7).fill(400));
      expect(new Set(shown.map((one) => JSON.stringify(comparable(one)))).size).toBe(1);
      expect(shown[0]?.text).toContain('Ask who invited you for a new one.');
      // Also for who is signed in, and who was on its page when it ended.
      const signed = (await signedIn(server(), 'maya')).browser;
      expect((await signed.open(used.link)).status).toBe(400);
    });

    it('taken back while the page is open: it is over, and nothing is shared', async () => {
      const { album, link, id } = await invited();
      const { browser, page } = await openedBy(server(), link, 'maya');
      expect((await takeBack(id)).status).toBe(204);
      const late = await browser.submit(page, ACCEPT);
      expect([late.status, late.text.includes(OVER)]).toEqual([400, true]);
      expect(await sharesOn(album)).toEqual([]);
    });

    it('what is gone is left out, and what changed since is shown before it is accepted', async () => {
      const [stays, goes] = [await alice().album('Stays'), await alice().album('Goes')];
      const { link } = await invited({ resource_ids: [stays, goes] });
      const { browser, page } = await openedBy(server(), link, 'maya');
      expect(page.text).toContain('Goes');
      await alice().photos.remove(goes);
      const changed = await browser.submit(page, ACCEPT);
      expect([changed.status, changed.text.includes('What is offered changed in the meantime')]).toEqual([409, true]);
      expect(changed.text).not.toContain('Goes');
      expect(await sharesOn(stays)).toEqual([]);
      expect((await browser.submit(changed, ACCEPT)).status).toBe(200);
      expect(await sharesOn(stays)).toHaveLength(1);
    });

    it('the owner accepts nothing of her own, and finds where to take it back', async () => {
      const { album, link, id } = await invited();
      const { browser, page } = await openedBy(server(), link, 'alice');
      expect([page.status, page.text.includes('This is your own invitation')]).toEqual([403, true]);
      expect(page.text).not.toContain('value="accept"');
      // By a form of somebody else's page, sent in her session.
      const other = await openedBy(server(), link, 'maya');
      const moved = { ...page, text: other.page.text, url: page.url };
      expect((await browser.submit(moved, ACCEPT)).status).toBeGreaterThanOrEqual(400);
      expect(await sharesOn(album)).toEqual([]);
      expect(await invitationOf(alice(), id)).toMatchObject({ state: 'waiting' });
    });

    it('213 a forged form, one of another browser, and one of a session that is another’s now do nothing', async () => {
      const { album, link, id } = await invited();
      const [maya, eve] = [await openedBy(server(), link, 'maya'), await openedBy(server(), link, 'eve')];
      const without = {
        ...maya.page,
        text: maya.page.text.replace(/name="csrf" value="[^"]*"/, 'name="csrf" value="x"'),
      };
      expect((await maya.browser.submit(without, ACCEPT)).status).toBe(403);
      // Eve has Maya send her page's form: it belongs to another browser.
      const crossed = await maya.browser.submit({ ...eve.page, url: maya.page.url }, ACCEPT);
      expect(crossed.status).toBeGreaterThanOrEqual(400);
      const action = /action="([^"]*decision)"/.exec(maya.page.text)?.[1] ?? '';
      const foreign = await fetch(new URL(action, server().issuer), {
        method: 'POST',
        body: new URLSearchParams(ACCEPT),
        headers: {
          cookie: `vk_browser=${maya.browser.cookie('vk_browser') ?? ''}; vk_session=${maya.browser.cookie('vk_session') ?? ''}`,
          ...{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        },
        redirect: 'manual',
      });
      expect(foreign.status).toBe(403);
      expect(await sharesOn(album)).toEqual([]);
      // She is somebody else by now: the page asks that one.
      const asEve = await maya.browser.submit(await maya.browser.notYou(maya.page), {
        username: 'eve',
        password: PASSWORD,
      });
      expect(asEve.text).toContain('eve');
      expect((await maya.browser.submit(maya.page, ACCEPT)).text).toContain('If you accept');
      expect(await sharesOn(album)).toEqual([]);
      expect(await invitationOf(alice(), id)).toMatchObject({ state: 'waiting' });
    });

    it('declined: the owner is told so, and not by whom', async () => {
      const { album, link, id, address } = await invited();
      const { browser, page } = await openedBy(server(), link, 'eve');
      const done = await browser.submit(page, { decision: 'decline' });
      expect([done.status, done.text.includes('You declined the invitation')]).toEqual([200, true]);
      expect(await sharesOn(album)).toEqual([]);
      const told = await invitationOf(alice(), id);
      expect([told?.state, told?.accepted_by]).toEqual(['declined', undefined]);
      const line = (await alice().owner.get('activity?kind=invitation_declined')).text;
      expect([line.includes(address), line.includes('account:eve')]).toEqual([true, false]);
      const [row] = await query(server(), `SELECT * FROM invitation WHERE id = '${id}'`);
      expect(row).toMatchObject({ state: 'declined', account_id: null, hash: null });
    });

    it('149 hostile names and notes are text, on the page and in the mail', async () => {
      const album = await alice().album(`${HOSTILE} https://evil.example`);
      const { mail, link } = await invited({ resource_ids: [album], note: HOSTILE });
      expect(mail.subject).toContain('alice  b Example /b');
      expect(mail.text).not.toMatch(/[<>\u202e]/);
      expect(mail.text.match(/https?:\/\/\S+/g)).toHaveLength(1);
      const { page } = await openedBy(server(), link, 'maya');
      expect(page.text).not.toContain('<script');
      expect(page.text).not.toContain('\u202e');
      expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}');
    });

    it('in German for who prefers it', async () => {
      const { link } = await invited();
      const answer = await fetch(`${link}x`, { headers: { 'accept-language': 'de' } });
      expect([answer.headers.get('content-language'), await answer.text()]).toEqual([
        'de',
        expect.stringContaining('Diese Einladung gilt nicht mehr'),
      ]);
    });
  },
);

describeServer(
  'Invitations by e-mail: what was offered is looked at again',
  { connections: OWNERS_CONNECTIONS, config: ALLOWED, env },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const open = async (link: string) => (await new FormBrowser(server().issuer).open(link)).status;

    it('a link opens nothing while the operator allows no invitations, shorter shares, or not its owner', async () => {
      const { link } = await invitedBy(server(), alice());
      expect(await open(link)).toBe(200);
      const withSettings = (sharing: object, withAlice = true) =>
        reconfigure(server(), (settings) => {
          const accounts = config.accounts.filter(({ id }) => withAlice || id !== 'alice');
          Object.assign(settings, { sharing, accounts });
        });
      await withSettings({});
      expect(await open(link)).toBe(400);
      await withSettings({ invitations: true, longest_days: 7 });
      expect(await open(link)).toBe(400);
      await withSettings({ invitations: true }, false);
      expect(await open(link)).toBe(400);
      await withSettings({ invitations: true });
      expect(await open(link)).toBe(200);
    });
  },
);

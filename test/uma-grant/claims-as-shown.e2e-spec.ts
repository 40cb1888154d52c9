import { changeSettings, entryOf } from '../configuration/settings-file.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { arrive, claimsUrl, credentialsOf, GATHERING, giveClaims, givePasswords } from './claims-gathering.js';
import { aliceOf, CAROLS_ACCOUNT } from './photo-sharing.js';

describeServer('UMA grant, A4: she gives what she was shown', GATHERING, (server) => {
  beforeAll(() => givePasswords(server(), 'carol', 'bob'));
  const alice = () => aliceOf(server());
  const box = (text: string, name: string) => new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(text)?.[0] ?? 'no box';

  it('UG-34 A4 what she left out and wrote is still there after the sign-in that is asked for meanwhile', async () => {
    const album = await alice().album();
    const { browser } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    await past(Date.now() + 1_001);
    const { shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }), '', browser);
    await album.share(CAROLS_ACCOUNT, ['view'], { max_claims_age: 1 });
    const choice = { decision: 'send', 'name.declined': 'yes', why: 'For the "audit"' };
    const asked = await browser.submit(shown, choice);
    expect(asked.text).toContain('name="password"');
    const back = await browser.submit(asked, credentialsOf('carol'));
    expect(box(back.text, 'name.declined')).toContain('checked');
    expect(box(back.text, 'username.declined')).not.toContain('checked');
    expect(box(back.text, 'why')).toContain('value="For the &quot;audit&quot;"');
  });

  it('UG-34 A4 what one person left out and wrote is shown to nobody who signs in instead', async () => {
    const album = await alice().album();
    const { browser } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    await past(Date.now() + 1_001);
    const { shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }), '', browser);
    await album.share(CAROLS_ACCOUNT, ['view'], { max_claims_age: 1 });
    const asked = await browser.submit(shown, { decision: 'send', 'name.declined': 'yes', why: 'Secret' });
    const back = await browser.submit(asked, credentialsOf('bob'));
    expect(back.text).toContain('bob@example.org');
    expect(back.text).not.toContain('Secret');
    expect(box(back.text, 'name.declined')).not.toContain('checked');
  });

  describe('UG-34 A4 her session is over when she presses Send', () => {
    const choice = { decision: 'send', 'name.declined': 'yes', why: 'For the audit' };
    /** Sends without a session, and signs in where that leads. */
    const sentLate = async (username: string, edit = (text: string) => text) => {
      const album = await alice().album();
      const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
      browser.plant('vk_session', 'over');
      const asked = await browser.submit({ ...shown, text: edit(shown.text) }, choice);
      expect(asked.text).toContain('name="password"');
      return { album, browser, back: await browser.submit(asked, credentialsOf(username)) };
    };

    it('what she left out and wrote is still there, and is sent as she left it', async () => {
      const { album, browser, back } = await sentLate('carol');
      expect(box(back.text, 'name.declined')).toContain('checked');
      expect(box(back.text, 'username.declined')).not.toContain('checked');
      expect(box(back.text, 'why')).toContain('value="For the audit"');
      // As the page has it: the box that is ticked stays so.
      await browser.submit(back, { decision: 'send' });
      const { requesting_party: party } = await alice().pendingRequest(album);
      expect(party).toMatchObject({ account_id: 'carol' });
      expect(party).not.toHaveProperty('name');
    });

    it('nobody who signs in instead is shown it, and she is when she comes back', async () => {
      const { browser, back } = await sentLate('bob');
      expect(back.text).toContain('bob@example.org');
      expect(back.text).not.toContain('For the audit');
      expect(box(back.text, 'name.declined')).not.toContain('checked');
      const hers = await browser.submit(await browser.notYou(back), credentialsOf('carol'));
      expect(box(hers.text, 'name.declined')).toContain('checked');
    });

    it.each([
      ['a made-up mark', 'x'.repeat(43)],
      ['what is no mark', 'carol'],
    ])('%s belongs to nobody', async (_what, mark) => {
      const { back } = await sentLate('carol', (text) =>
        text.replace(/(name="shown_for" value=)"[\w-]{43}"/, `$1"${mark}"`),
      );
      expect(box(back.text, 'name.declined')).not.toContain('checked');
      expect(back.text).not.toContain('For the audit');
    });

    it('of two of one account in two browsers each has its own', async () => {
      const album = await alice().album();
      const url = claimsUrl(server(), { ticket: await album.ticket('view') });
      const { browser, shown } = await arrive(server(), url);
      browser.plant('vk_session', 'over');
      await browser.submit(shown, choice);
      const other = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
      expect(box(other.shown.text, 'name.declined')).not.toContain('checked');
    });
  });

  it('UG-23, RFC 6749 §10.13 A4 a fact that there is since she read the page is shown before it is sent', async () => {
    const album = await alice().album();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket('view') }));
    expect(box(shown.text, 'email.declined')).toBe('no box');
    await changeSettings(server(), (settings) => {
      entryOf(settings, 'accounts', 'id', 'carol')['email'] = 'carol@example.org';
    });
    await server().restart();
    const choice = { decision: 'send', 'username.declined': 'yes', why: 'For the audit' };
    const anew = await browser.submit(shown, choice);
    expect([anew.status, anew.left]).toEqual([409, undefined]);
    expect(anew.text).toContain('Nothing was sent: please look again.');
    expect(anew.text).toContain('carol@example.org');
    expect(box(anew.text, 'username.declined')).toContain('checked');
    expect(box(anew.text, 'why')).toContain('value="For the audit"');
    const waiting = await browser.submit(anew, { ...choice, 'email.declined': 'yes' });
    expect(waiting.text).toContain('has been asked');
    const { requesting_party: party } = await alice().pendingRequest(album);
    expect(party).toMatchObject({ account_id: 'carol', name: 'Carol Cook' });
    expect(party).not.toHaveProperty('email');
    expect(await giveClaims(server(), await (await alice().album()).ticket('view'))).toMatchObject({ status: 200 });
  });
});

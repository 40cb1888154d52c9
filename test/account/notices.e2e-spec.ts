import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { addApp } from '../support/authenticator-app.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { logged } from '../support/logged.js';
import { linkOf, outbox, recoveryMail, type Sent, sentTo } from '../support/outbox.js';
import { isSignedIn, NEW_PASSWORD, PASSWORD, people, signedIn } from './people.js';

const NAMES = ['alice', 'bela', 'cora', 'dora', 'edda'];
const { config, env } = people(...NAMES);
const accounts = config.accounts.map((account) => (account.id === 'bela' ? { ...account, locale: 'de-AT' } : account));
const CHANGE = { current_password: PASSWORD, password: NEW_PASSWORD, password_again: NEW_PASSWORD };

describeServer('people hear of changes in how they sign in', { config: { accounts }, env }, (server) => {
  const addressOf = (name: string) => `${name}@example.org`;
  /** Everywhere that the message leads: pages that change nothing by being opened. */
  const placesIn = ({ text }: Sent) =>
    (text.match(/https?:\/\/\S+/g) ?? []).map((link) => link.slice(server().issuer.length));
  const PLACES = ['/account/recovery', '/account/sessions', '/account'];

  it('231 a password that she changed, recovered or that the operator set: what, when, and what to do if it was not her', async () => {
    const { browser, shown } = await signedIn(server(), 'alice', { page: '/password' });
    expect((await browser.submit(shown, CHANGE)).url).toMatch(/changed$/);
    const changed = await sentTo(server(), addressOf('alice'), 'The password was changed.');
    expect(changed.subject).toBe(`How you sign in at ${new URL(server().issuer).host} was changed`);
    expect(changed.text).toContain('Hello alice  b Example /b,');
    expect(changed.text).toMatch(/^- .*\d{4}, \d{2}:\d{2} UTC: The password was changed\.$/m);
    expect(changed.text).toContain('If it was not you');
    expect(placesIn(changed)).toEqual(PLACES);
    // Whoever opens what it names, a program that looks at mails too, changes nothing.
    for (const place of PLACES) await new FormBrowser(server().issuer).open(server().issuer + place);
    expect(await isSignedIn(server(), browser)).toBe(true);

    const before = (await outbox(server())).length;
    const recovery = new FormBrowser(server().issuer);
    await recovery.submit(await recovery.open(`${server().issuer}/account/recovery`), { username: 'alice' });
    const link = linkOf(await recoveryMail(server(), before));
    const other = `${NEW_PASSWORD} again`;
    await recovery.submit(await recovery.open(link), { password: other, password_again: other });
    const recovered = await sentTo(server(), addressOf('alice'), 'A new password was chosen by a link');
    expect(recovered.text).not.toContain('vk_rl_');

    const { code } = await server().runCommand(['account-password', 'alice'], `${PASSWORD}\n`);
    expect(code).toBe(0);
    await sentTo(server(), addressOf('alice'), 'Whoever runs the server set a new password.');
    const all = JSON.stringify(await outbox(server()));
    for (const secret of [PASSWORD, NEW_PASSWORD, other]) expect(all).not.toContain(secret);
  });

  it('codes that go on, are made anew and go off, in her language, and none of them in the mail', async () => {
    const { browser, shown } = await signedIn(server(), 'bela', { page: '/codes' });
    const { secret, recoveryCodes } = await addApp(browser, shown);
    const [code = 'none'] = recoveryCodes;
    const { text } = await sentTo(server(), addressOf('bela'), 'Eine Authenticator-App wurde hinzugefügt');
    expect(text).toContain('Neue Wiederherstellungscodes wurden gemacht.');
    expect(text).toContain('Wenn Sie es nicht waren');
    for (const known of [secret, code]) expect(text).not.toContain(known);
    await browser.submit(await browser.open(`${server().issuer}/account/codes`), { decision: 'remove' });
    await sentTo(server(), addressOf('bela'), 'Codes einer Authenticator-App wurden ausgeschaltet');
  });

  it('what did not come about is not told, nor what is no change', async () => {
    const { browser, shown } = await signedIn(server(), 'cora', { page: '/password' });
    await browser.submit(shown, { ...CHANGE, current_password: 'not the password' });
    const codes = await browser.open(`${server().issuer}/account/codes`);
    await browser.submit(await browser.submit(codes, { decision: 'begin' }), { code: '000000' });
    await browser.submit(codes, { decision: 'remove' });
    // Those who come later are told, so whatever there was to tell of her was told, too.
    const { browser: later, shown: page } = await signedIn(server(), 'dora', { page: '/password' });
    await later.submit(page, CHANGE);
    await sentTo(server(), addressOf('dora'), 'The password was changed.');
    expect((await outbox(server())).filter(({ to }) => to === addressOf('cora'))).toEqual([]);
  });

  it('a mail that nobody takes undoes nothing, and comes when somebody does', async () => {
    const folder = join(server().directory, 'data', 'outbox');
    await rename(folder, `${folder}.aside`);
    await writeFile(folder, 'in the way');
    const { browser, shown } = await signedIn(server(), 'edda', { page: '/password' });
    expect((await browser.submit(shown, CHANGE)).url).toMatch(/changed$/);
    await logged(server(), '"security":"notice_failed"');
    expect((await signedIn(server(), 'edda', { password: NEW_PASSWORD })).shown.status).toBe(200);
    expect(await readFile(folder, 'utf8')).toBe('in the way');
    await rm(folder);
    await rename(`${folder}.aside`, folder);
    await sentTo(server(), addressOf('edda'), 'The password was changed.');
  });
});

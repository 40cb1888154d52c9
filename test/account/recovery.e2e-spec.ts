import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { logged } from '../support/logged.js';
import { linkOf, outbox, recoveryMail } from '../support/outbox.js';
import type { Server } from '../support/server.js';
import { isSignedIn, NEW_PASSWORD, PASSWORD, people, signedIn } from './people.js';

const KNOWN = Array.from({ length: 8 }, (_, index) => `known${index}`);
const { config, env } = people('alice', 'bela', 'cora', 'dora', 'edda', 'fips', ...KNOWN);
const NEW = { password: NEW_PASSWORD, password_again: NEW_PASSWORD };

/** Asks for a link in a fresh browser. */
async function ask(server: Server, username: string) {
  const browser = new FormBrowser(server.issuer);
  const page = await browser.open(`${server.issuer}/account/recovery`);
  return { browser, shown: await browser.submit(page, { username }) };
}

async function linkFor(server: Server, username: string) {
  const before = (await outbox(server)).length;
  await ask(server, username);
  const message = await recoveryMail(server, before);
  return { message, link: linkOf(message) };
}

describeServer('231 password recovery by a one-time link', { config, env, issuerPath: '/t1' }, (server) => {
  it('the sign-in page leads there and back; the link in the mail sets a new password and ends every session', async () => {
    const { browser: other } = await signedIn(server(), 'alice');
    const browser = new FormBrowser(server().issuer);
    const signIn = await browser.open(`${server().issuer}/account`);
    const forgotten = /href="([^"]*\/account\/recovery\?from=[^"]*)"/.exec(signIn.text)?.[1] ?? '';
    const page = await browser.open(forgotten);
    expect(page.text).toContain(`href="${signIn.url}"`);
    const sent = await browser.submit(page, { username: 'ALICE@example.org' });
    expect([sent.status, sent.url]).toEqual([200, `${server().issuer}/account/recovery/sent`]);

    const message = await recoveryMail(server(), 0);
    expect(message).toMatchObject({ to: 'alice@example.org' });
    expect(message.text).toContain('for 15 minutes');
    const link = linkOf(message);
    expect(link).toMatch(new RegExp(`^${server().issuer}/account/recovery/vk_rl_`));
    const asked = await browser.open(link);
    expect([asked.status, asked.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
    expect(await isSignedIn(server(), other)).toBe(true);
    const done = await browser.submit(asked, NEW);
    expect(done.url).toBe(`${server().issuer}/account/recovery/done`);
    expect(await isSignedIn(server(), other)).toBe(false);
    expect(await isSignedIn(server(), browser)).toBe(false);
    expect((await signedIn(server(), 'alice')).shown.status).toBe(401);
    const { browser: again } = await signedIn(server(), 'alice', { password: NEW_PASSWORD });
    expect(await isSignedIn(server(), again)).toBe(true);
  });

  it('a link works once, and opening it uses nothing up', async () => {
    const { link } = await linkFor(server(), 'bela');
    const [one, other] = [new FormBrowser(server().issuer), new FormBrowser(server().issuer)];
    const pages = [await one.open(link), await one.open(link), await other.open(link)];
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    const attempts = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        one.submit(pages[0] ?? fail(), {
          password: `${NEW_PASSWORD} ${index}`,
          password_again: `${NEW_PASSWORD} ${index}`,
        }),
      ),
    );
    expect(attempts.filter(({ url }) => url.endsWith('/done'))).toHaveLength(1);
    const late = await other.submit(pages[2] ?? fail(), NEW);
    expect([late.status, late.text]).toEqual([400, expect.stringContaining('no longer valid')]);
    expect((await one.open(link)).status).toBe(400);
  });

  it('a newer link ends the one before; a link of one person is none of another', async () => {
    const { link: first } = await linkFor(server(), 'cora');
    const { link: second } = await linkFor(server(), 'cora');
    const { link: foreign } = await linkFor(server(), 'dora');
    const browser = new FormBrowser(server().issuer);
    expect((await browser.open(first)).status).toBe(400);
    const page = await browser.open(second);
    expect(page.text).toContain('cora');
    // A form of one link, sent to the address of another.
    const moved = { ...page, text: page.text.replaceAll(second, foreign) };
    expect((await browser.submit(moved, NEW)).status).toBe(403);
    expect((await browser.open(foreign)).status).toBe(200);
  });

  it('what is wrong with the new password is said, and the link is still good', async () => {
    const { link } = await linkFor(server(), 'edda');
    const browser = new FormBrowser(server().issuer);
    let page = await browser.open(link);
    for (const [password, again, words] of [
      ['', '', 'at least 12'],
      ['short', 'short', 'at least 12'],
      ['abcdabcdabcdabcd', 'abcdabcdabcdabcd', 'known to attackers'],
      ['edda@example.org', 'edda@example.org', 'known to attackers'],
      ['a'.repeat(10) + 'bcdefghij'.repeat(20), 'a'.repeat(10) + 'bcdefghij'.repeat(20), 'too long'],
      [NEW_PASSWORD, PASSWORD, 'not the same'],
    ] as const) {
      page = await browser.submit(page, { password, password_again: again });
      expect([page.status, page.text]).toEqual([400, expect.stringContaining(words)]);
      expect(page.text).not.toContain(NEW_PASSWORD);
    }
    expect((await browser.submit(page, NEW)).url).toMatch(/done$/);
  });

  it('230 whoever asks sees the same for known, unknown and throttled names, in the same time; the log says why', async () => {
    const browser = await server().http.get('/account/recovery');
    const csrf = /name="csrf" value="([^"]+)"/.exec(browser.text)?.[1];
    const cookie = (browser.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').join('; ');
    const answers = new Set<string>();
    const timed = async (username: string, from: string) => {
      const start = performance.now();
      const answer = await server().http.form('/account/recovery', { csrf, username }, { headers: { cookie }, from });
      const spent = performance.now() - start;
      answers.add(JSON.stringify([answer.status, answer.headers.location, answer.text]));
      return spent;
    };
    const before = (await outbox(server())).length;
    const isFor = (name: RegExp) => async () =>
      (await outbox(server())).slice(before).filter(({ to }) => name.test(to)).length;
    const times: Record<'known' | 'unknown' | 'throttled', number[]> = { known: [], unknown: [], throttled: [] };
    // Few mails go to one account, however often somebody asks: after three this one is throttled.
    for (const round of [1, 2, 3]) await timed('fips', `127.0.60.${round}`);
    for (const [index, name] of KNOWN.entries()) {
      times.known.push(await timed(name, `127.0.${70 + index}.1`));
      times.unknown.push(await timed(`un${name}`, `127.0.${70 + index}.2`));
      times.throttled.push(await timed('fips', `127.0.${70 + index}.3`));
    }
    expect(answers.size).toBe(1);
    // A busy machine makes some answers slow, and none fast.
    const quick = (list: readonly number[]) => [...list].sort((a, b) => a - b)[1] ?? 0;
    const [known, ...others] = [times.known, times.unknown, times.throttled].map(quick);
    for (const other of others)
      expect(Math.abs((known ?? 0) - other)).toBeLessThan(15 + Math.min(known ?? 0, other) / 2);
    await logged(server(), 'no_such_account_or_address');
    await logged(server(), 'throttled');
    expect(await eventually(isFor(/^known/), (count) => count === KNOWN.length)).toBe(KNOWN.length);
    expect(await isFor(/^fips/)()).toBe(3);
  });

  it('the link is at the configured address, whatever host the request names, and is in no log', async () => {
    const { http } = server();
    const page = await http.get('/account/recovery', { headers: { host: 'evil.example' } });
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
    const cookie = (page.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '').join('; ');
    expect(page.text).not.toContain('evil.example');
    const answer = await http.form(
      '/account/recovery',
      { csrf, username: 'dora' },
      {
        headers: { cookie, host: 'evil.example' },
        from: '127.0.9.9',
      },
    );
    expect([answer.status, answer.headers.location]).toEqual([303, `${server().issuer}/account/recovery/sent`]);
    await logged(server(), 'recovery_mail_sent');
    expect(JSON.stringify(await outbox(server()))).not.toContain('evil.example');
    expect(server().log()).not.toMatch(/vk_rl_/);
  });

  it('links that were never made, or guessed, are all the same page', async () => {
    const browser = new FormBrowser(server().issuer);
    const { link } = await linkFor(server(), 'dora');
    const guesses = [
      'x',
      'vk_rl_x',
      link.slice(link.lastIndexOf('/') + 1, -1),
      `vk_rl_${'A'.repeat(49)}`,
      '%00',
      '..%2f',
    ];
    const texts = new Set<string>();
    for (const guess of guesses) {
      const { status, text } = await browser.open(`${server().issuer}/account/recovery/${guess}`);
      expect(`${guess} ${status}`).toBe(`${guess} 400`);
      texts.add(text);
    }
    expect(texts.size).toBe(1);
  });
});

function fail(): never {
  throw new Error('no page');
}

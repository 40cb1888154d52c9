import { addApp } from '../support/authenticator-app.js';
import { describeServer } from '../support/engines.js';
import { logged } from '../support/logged.js';
import { outbox, sentTo } from '../support/outbox.js';
import { isSignedIn, people, signedIn } from './people.js';

const { config, env } = people('alice', 'bela', 'cora');

describeServer('lost-device: the operator helps who has lost a device', { config, env }, (server) => {
  /** Switches codes on. */
  async function enrol(username: string) {
    const { browser, shown } = await signedIn(server(), username, { page: '/codes' });
    return { browser, ...(await addApp(browser, shown)) };
  }

  it('224 beside the running server: the app and its codes are gone, every session ends, she hears of it, the log has it', async () => {
    const { browser } = await enrol('alice');
    const result = await server().runCommand(['lost-device', 'alice', '--app', '--passkeys']);
    const said = 'alice: removed the authenticator app, 10 recovery codes; ended 1 session\n';
    expect([result.code, result.stdout]).toEqual([0, said]);
    expect(await isSignedIn(server(), browser)).toBe(false);
    const { browser: next } = await signedIn(server(), 'alice');
    expect(await isSignedIn(server(), next)).toBe(true);
    expect((await next.open(`${server().issuer}/account/codes`)).text).toContain('Codes are off');
    const { text } = await sentTo(
      server(),
      'alice@example.org',
      'removed the authenticator app and the recovery codes',
    );
    expect(text).toContain('If it was not you');
    // Where the command runs by itself, on PostgreSQL, the log is its own.
    const log = { log: () => server().log() + result.stderr };
    await logged(log, '"security":"operator_removed_app"');
    await logged(log, '"reason":"lost_device"');
  });

  it('recovery codes alone: the app stays in use', async () => {
    const { recoveryCodes } = await enrol('bela');
    const { stdout } = await server().runCommand(['lost-device', 'BELA@example.org', '--recovery-codes']);
    expect(stdout).toBe('bela: removed 10 recovery codes; ended 1 session\n');
    const { browser, shown } = await signedIn(server(), 'bela');
    const page = await browser.open(`${shown.url}/recovery-code`);
    expect((await browser.submit(page, { code: recoveryCodes[0] ?? '' })).status).toBe(401);
    await sentTo(server(), 'bela@example.org', 'Whoever runs the server removed the recovery codes.');
  });

  it('what is not there is not taken, what is not said is asked for, and nobody is told of nothing', async () => {
    const nothing = await server().runCommand(['lost-device', 'cora', '--app', '--passkeys']);
    expect([nothing.code, nothing.stdout]).toEqual([0, 'cora: removed nothing, there was none; ended 0 sessions\n']);
    const wrong = await Promise.all([
      server().runCommand(['lost-device', 'nobody', '--app']),
      server().runCommand(['lost-device', 'cora']),
      server().runCommand(['lost-device', '--app']),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([1, 2, 2]);
    expect(wrong[0]?.stderr).toBe('no account is called nobody\n');
    expect(wrong[1]?.stderr).toContain('what is lost?');
    expect((await outbox(server())).filter(({ to }) => to.startsWith('cora'))).toEqual([]);
  });
});

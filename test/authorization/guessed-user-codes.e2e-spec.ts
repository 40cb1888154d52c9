import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';

const TRIES = 14;

/** Follows links of a page of that site; `undefined`: says nothing of where it found them. */
class LinkedBrowser extends FormBrowser {
  constructor(
    issuer: string,
    private readonly site: string | undefined,
  ) {
    super(issuer);
  }

  protected override fetch(url: string, init: { method: string; headers: Record<string, string> }) {
    if (init.method !== 'GET') return super.fetch(url, init);
    const headers = { cookie: init.headers['cookie'] ?? '', ...(this.site && { 'sec-fetch-site': this.site }) };
    return super.fetch(url, { ...init, headers });
  }
}

describeServer('attack class 57: guessing the codes of devices slows the guess, not the neighbours', {}, (server) => {
  beforeAll(async () => {
    for (const name of ['alice', 'bob']) await givePassword(server(), name);
  });

  const codeOfDevice = async () =>
    textMember(
      await clientOf(server(), 'public-app').post('/device_authorization', { scope: 'photos.read' }),
      200,
      'user_code',
    );
  const enter = async (browser: FormBrowser, code: string) => {
    const page = await browser.open(`${server().issuer}/device`);
    return browser.submit(page, { user_code: code });
  };
  const guess = async (browser: FormBrowser): Promise<number[]> => {
    const statuses: number[] = [];
    for (let tries = 0; tries < TRIES; tries += 1) {
      // The page without a form says that there is a wait.
      const page = await browser.open(`${server().issuer}/device?user_code=BBBB-BBBC`);
      statuses.push(page.status);
    }
    return statuses;
  };
  /** Signed in: by bringing a code. */
  const signedIn = async (username: string): Promise<FormBrowser> => {
    const browser = new FormBrowser(server().issuer);
    const page = await enter(browser, await codeOfDevice());
    const asked = await browser.submit(page, { username, password: PASSWORD });
    expect(asked.text).toContain('value="allow"');
    return browser;
  };

  it('a link of another site, or from who knows where, spends no try: its code stands in the field, to be sent', async () => {
    const code = await codeOfDevice();
    for (const site of ['cross-site', 'same-site', undefined]) {
      const browser = new LinkedBrowser(server().issuer, site);
      for (let visits = 0; visits < TRIES; visits += 1) {
        const page = await browser.open(`${server().issuer}/device?user_code=BBBB-BBBC`);
        expect([page.status, page.text.includes('value="BBBB-BBBC"')]).toEqual([200, true]);
      }
      const page = await browser.open(`${server().issuer}/device?user_code=${code}`);
      expect([page.status, page.text.includes(`value="${code}"`)]).toEqual([200, true]);
      expect(page.text).not.toContain('name="password"');
      expect((await browser.submit(page, { user_code: code })).text).toContain('name="password"');
    }
  });

  it('who is signed in, or was at this browser, enters her code though her whole network waits', async () => {
    const alice = await signedIn('alice');
    const later = new FormBrowser(server().issuer);
    later.plant('vk_device', alice.cookie('vk_device') ?? '');
    const bob = await signedIn('bob');
    const statuses = await guess(new FormBrowser(server().issuer));
    expect([statuses[0], statuses.at(-1)]).toEqual([400, 429]);
    expect((await enter(alice, await codeOfDevice())).text).toContain('value="allow"');
    expect((await enter(later, await codeOfDevice())).text).toContain('name="password"');

    // A device that nobody signed in at is a stranger in that network.
    const invented = new FormBrowser(server().issuer);
    invented.plant(
      'vk_device',
      (alice.cookie('vk_device') ?? '').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    );
    expect((await invented.open(`${server().issuer}/device?user_code=${await codeOfDevice()}`)).status).toBe(429);

    // Guesses with an account meet a wait of its own, at all its browsers.
    const guessed = await guess(bob);
    expect([guessed[0], guessed.at(-1)]).toEqual([400, 429]);
    const bobAgain = new FormBrowser(server().issuer);
    bobAgain.plant('vk_device', bob.cookie('vk_device') ?? '');
    expect((await bobAgain.open(`${server().issuer}/device?user_code=${await codeOfDevice()}`)).status).toBe(429);
    expect((await enter(alice, await codeOfDevice())).text).toContain('value="allow"');
  });
});

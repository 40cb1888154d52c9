import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { PASSWORD } from '../support/person.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

const CHOSEN = {
  language: 'de-AT',
  time_zone: 'Pacific/Auckland',
  default_days: 30,
  shortcuts: false,
  request_mails: false,
};

describeServer('{issuer}/me/settings and /me/sessions', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const save = (who: Person, settings: object) =>
    server().http.json('PUT', '/me/settings', settings, { bearer: who.token });

  it('begin as the account has them, are saved as a whole, and are each person’s own', async () => {
    const first = {
      language: 'en',
      time_zone: 'Europe/Vienna',
      default_days: null,
      shortcuts: true,
      request_mails: true,
    };
    expect((await alice().owner.get('settings')).json()).toEqual(first);
    expect((await save(alice(), CHOSEN)).json()).toEqual(CHOSEN);
    expect((await alice().owner.get('settings')).json()).toEqual(CHOSEN);
    const nothing = { ...CHOSEN, language: null, time_zone: null, default_days: null, request_mails: true };
    expect((await save(alice(), nothing)).json()).toEqual(nothing);
    expect((await bob().owner.get('settings')).json()).toMatchObject({ language: null, shortcuts: true });
  });

  it('saved twenty times at once they are one of those', async () => {
    const all = Array.from({ length: 20 }, (_, index) => ({
      ...CHOSEN,
      default_days: index + 1,
      shortcuts: index % 2 === 0,
    }));
    const answers = await Promise.all(all.map((settings) => save(bob(), settings)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(all).toContainEqual((await bob().owner.get('settings')).json());
  });

  it.each([
    { time_zone: 'Mars/Olympus' },
    { time_zone: '+01:00' },
    { language: 'de_AT' },
    { language: '' },
    { default_days: 0 },
    { default_days: 3651 },
    { default_days: 1.5 },
    { shortcuts: 'yes' },
    { request_mails: undefined },
    { is_operator: true },
  ])('refuses %j', async (fields) => {
    expect(outcome(await save(alice(), { ...CHOSEN, ...fields }))).toBe('400 invalid_request');
  });

  it('sessions are listed by browser, and end one by one; those of others do not', async () => {
    const browser = new FormBrowser(server().issuer);
    const signIn = await browser.open(`${server().issuer}/account`);
    await browser.submit(signIn, { username: 'alice', password: PASSWORD });
    const list = async (who: Person) => (await who.owner.get('sessions')).json<{ items: { id: string }[] }>().items;
    const [session, ...others] = await list(alice());
    expect(others).toEqual([]);
    expect(session).toMatchObject({ current: false, browser: expect.any(String) as string });
    expect(JSON.stringify(session)).not.toMatch(/127\.0\.0\.1|vk_/);
    expect(await list(bob())).toEqual([]);
    const end = (who: Person) =>
      server().http.send({ method: 'DELETE', path: `/me/sessions/${session?.id ?? ''}`, bearer: who.token });
    expect(outcome(await end(bob()))).toBe('404 not_found');
    expect((await end(alice())).status).toBe(204);
    expect(outcome(await end(alice()))).toBe('404 not_found');
    expect(await list(alice())).toEqual([]);
  });
});

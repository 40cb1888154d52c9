import { type SessionApi, sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword } from '../support/person.js';
import { PASSWORD } from '../support/world.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

const CHOSEN = {
  language: 'de-AT',
  time_zone: 'Pacific/Auckland',
  default_days: 30,
  shortcuts: false,
  request_mails: false,
};

interface SessionJson {
  readonly id: string;
  readonly current: boolean;
}

describeServer('{issuer}/me/settings and /me/sessions', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const signedIn = async (username: string) => {
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(`${server().issuer}/account`);
    await browser.submit(page, { username, password: PASSWORD });
    return sessionApi(server(), browser);
  };
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

  it('sessions are listed by browser, and end one by one, for a session alone; those of others do not', async () => {
    await givePassword(server(), 'bob');
    const [here, there, his] = [await signedIn('alice'), await signedIn('alice'), await signedIn('bob')];
    const list = async (api: SessionApi) => (await api.get('sessions')).json<{ items: SessionJson[] }>().items;
    const sessions = await list(here);
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(JSON.stringify(sessions)).not.toMatch(/127\.0\.0\.1|vk_/);
    expect(await list(his)).toHaveLength(1);
    const other = sessions.find(({ current }) => !current)?.id ?? '';
    const end = (api: SessionApi) => api.change('DELETE', `sessions/${other}`);
    expect(outcome(await end(his))).toBe('404 not_found');
    expect(outcome(await alice().owner.get('sessions'))).toBe('401 login_required');
    expect((await there.get('session')).status).toBe(200);
    expect((await end(here)).status).toBe(204);
    expect(outcome(await end(here))).toBe('404 not_found');
    expect((await there.get('session')).status).toBe(401);
    expect(await list(here)).toHaveLength(1);
  });
});

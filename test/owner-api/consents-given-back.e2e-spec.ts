import { signedIn } from '../account/people.js';
import { describeServer } from '../support/engines.js';
import type { FormBrowser } from '../support/form-browser.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';
import { accessOf } from './access-calls.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';
import { plannerOf, planners } from './planner.js';

const { clients, env } = planners('console', 'records', 'account', 'again', 'stopped', 'once', 'rests');
const SET_UP = {
  connections: OWNERS_CONNECTIONS,
  clients,
  config: { authorization: { consent_days: [30] } },
  env,
};

function found<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('it is not there');
  return one;
}

interface ConsentJson {
  readonly id: string;
  readonly until?: string;
  readonly asks_again?: true;
  readonly holder: { readonly id: string };
}

describeServer('what an application had by consent is given back', SET_UP, (server) => {
  const hers = () => accessOf(server(), ownersOf(server()).alice);
  const consentOf = async (client: string) =>
    (await hers().get('access?limit=200'))
      .json<{ items: ConsentJson[] }>()
      .items.find(({ holder }) => holder.id === `client:${client}`);
  const removedOf = async (client: string) =>
    (await hers().removed()).find(({ holder }) => holder.id === `client:${client}`);
  const endAuthorization = (id: string) =>
    server().http.send({
      method: 'DELETE',
      path: `/me/authorizations/${id.replace('grant:', '')}`,
      bearer: ownersOf(server()).alice.token,
    });
  const endAtAccountPage = async (id: string, browser: FormBrowser) =>
    browser.submit(await browser.open(`${server().issuer}/account/applications`), {
      authorization: id.replace('grant:', ''),
    });

  const ways: readonly [string, string, (id: string, browser: FormBrowser) => Promise<unknown>][] = [
    ['in the console', 'console', (id) => hers().end(id)],
    ['as an authorization', 'records', endAuthorization],
    ['at the account page', 'account', endAtAccountPage],
    ['with all that it has', 'stopped', () => hers().post('stop', { subject: 'client:stopped', sign_out: false })],
  ];

  it.each(ways)(
    'ended %s: a record of its own, for which it asks again and nobody is asked',
    async (_, client, end) => {
      const planner = plannerOf(server(), client);
      const { browser } = await signedIn(server(), 'alice');
      const before = await planner.isAllowed(browser);
      const consent = found(await consentOf(client));
      await end(consent.id, browser);
      expect([await consentOf(client), await planner.refreshes(before)]).toEqual([undefined, 400]);
      const removed = found(await removedOf(client));
      expect(removed).toMatchObject({ id: consent.id, state: 'ended', until: consent.until });
      expect(Date.parse(removed.give_back_until ?? '')).toBeGreaterThan(Date.now() + 6 * 86_400_000);

      const answers = await Promise.all([1, 2, 3].map(() => hers().giveBack(removed.removed_id)));
      expect(answers.map((answer) => outcome(answer)).sort()).toEqual([
        '201',
        '409 invalid_state',
        '409 invalid_state',
      ]);
      const back = found(answers.find(({ status }) => status === 201)).json<ConsentJson>();
      expect(back).toMatchObject({ origin: 'consent', state: 'active', until: consent.until, asks_again: true });
      expect(back.id).not.toBe(consent.id);
      expect(await removedOf(client)).toBeUndefined();
      // What it led to before stays over. It gets tokens by asking, and she is not asked.
      expect(await planner.refreshes(before)).toBe(400);
      const { left } = await planner.asks(browser);
      expect(await planner.refreshes(await planner.fetches(left))).toBe(200);
      const lines = (await hers().get(`activity?access_id=${back.id}`)).json<{ items: { kind: string }[] }>().items;
      expect(lines.map(({ kind }) => kind)).toContain('given_back');
    },
  );

  it('not where she has allowed it anew, and not what was for one time', async () => {
    const { browser } = await signedIn(server(), 'alice');
    await plannerOf(server(), 'again').isAllowed(browser);
    await hers().end((await consentOf('again'))?.id ?? '');
    await plannerOf(server(), 'again').isAllowed(browser);
    expect(outcome(await hers().giveBack((await removedOf('again'))?.removed_id ?? ''))).toBe('409 invalid_state');
    await plannerOf(server(), 'once').isAllowed(browser, 'once');
    await hers().end((await consentOf('once'))?.id ?? '');
    const removed = await removedOf('once');
    expect(removed?.give_back_until).toBeUndefined();
    expect(outcome(await hers().giveBack(removed?.removed_id ?? ''))).toBe('409 invalid_state');
  });

  it('not while the application is suspended', async () => {
    const { browser } = await signedIn(server(), 'alice');
    await plannerOf(server(), 'rests').isAllowed(browser);
    await hers().end((await consentOf('rests'))?.id ?? '');
    const removedId = (await removedOf('rests'))?.removed_id ?? '';
    const setEnabled = (enabled: boolean) =>
      reconfigure(server(), (settings) =>
        Object.assign(entryOf(settings, 'clients', 'client_id', 'rests'), { enabled }),
      );
    await setEnabled(false);
    const refused = await hers().giveBack(removedId);
    expect([outcome(refused), refused.json()['error_description']]).toEqual([
      '409 invalid_state',
      expect.stringContaining('suspended'),
    ]);
    await setEnabled(true);
    expect(outcome(await hers().giveBack(removedId))).toBe('201');
  });
});

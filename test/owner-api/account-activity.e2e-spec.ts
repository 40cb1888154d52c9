import { NEW_PASSWORD, PASSWORD, signedIn } from '../account/people.js';
import { addApp } from '../support/authenticator-app.js';
import { sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import type { FormBrowser } from '../support/form-browser.js';
import { givePassword } from '../support/person.js';
import { accessOf } from './access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from './owners.js';
import { plannerOf, planners } from './planner.js';

const SET_UP = { connections: OWNERS_CONNECTIONS, ...planners('planner') };

interface LineJson {
  readonly kind: string;
  readonly actor?: { readonly id: string };
}

describeServer('O11: what an owner reads of her sign-ins, and of what others ended', SET_UP, (server) => {
  const linesOf = async (browser: FormBrowser, query = '') => {
    const api = await sessionApi(server(), browser);
    const { items } = (await api.get(`activity?limit=200${query}`)).json<{ items: LineJson[] }>();
    return items.map(({ kind, actor }) => `${kind} ${actor?.id ?? 'by itself'}`);
  };
  const kindsOf = async (query: string) => {
    const answer = await accessOf(server(), ownersOf(server()).alice).get(`activity?limit=200${query}`);
    return answer.json<{ items: LineJson[] }>().items.map(({ kind, actor }) => `${kind} ${actor?.id ?? 'by itself'}`);
  };

  it('she signs in, ends another session, then all others, and signs out', async () => {
    const [{ browser }, other] = [await signedIn(server(), 'alice'), await signedIn(server(), 'alice')];
    await signedIn(server(), 'alice');
    const api = await sessionApi(server(), browser);
    const otherApi = await sessionApi(server(), other.browser);
    const mine = (await otherApi.get('sessions')).json<{ items: { id: string; current: boolean }[] }>().items;
    const id = mine.find(({ current }) => current)?.id ?? '';
    expect((await api.change('DELETE', `sessions/${id}`)).status).toBe(204);
    // What is over already is told once.
    expect((await api.change('DELETE', `sessions/${id}`)).status).toBe(404);
    const page = await browser.open(`${server().issuer}/account/sessions`);
    await browser.submit(page, { session: 'others' });
    await browser.submit(await browser.open(`${server().issuer}/account/sessions`), { session: 'others' });
    await api.change('DELETE', 'session');
    const { browser: again } = await signedIn(server(), 'alice');
    const lines = await linesOf(again);
    const by = (kind: string) => `${kind} account:alice`;
    expect(lines.slice(0, 7)).toEqual(
      ['signed_in', 'signed_out', 'sessions_ended', 'session_ended', 'signed_in', 'signed_in', 'signed_in'].map(by),
    );
  });

  it('her password changes: by her own hand', async () => {
    const { browser } = await signedIn(server(), 'alice');
    const page = await browser.open(`${server().issuer}/account/password`);
    const form = { current_password: PASSWORD, password: NEW_PASSWORD, password_again: NEW_PASSWORD };
    await browser.submit(page, form);
    expect(await linesOf(browser, '&kind=password_changed')).toEqual(['password_changed account:alice']);
    const back = { current_password: NEW_PASSWORD, password: PASSWORD, password_again: PASSWORD };
    await browser.submit(await browser.open(`${server().issuer}/account/password`), back);
  });

  it('an authenticator app and recovery codes: made and removed by her, or removed by the operator', async () => {
    await givePassword(server(), 'bob');
    const { browser, shown } = await signedIn(server(), 'bob', { page: '/codes' });
    await addApp(browser, shown);
    const codes = () => browser.open(`${server().issuer}/account/codes`);
    await browser.submit(await codes(), { decision: 'renew' });
    await browser.submit(await codes(), { decision: 'remove' });
    const own = ['app_removed', 'recovery_codes_made', 'recovery_codes_made', 'app_added'];
    const made = (await linesOf(browser)).filter((line) => /app|codes/.test(line));
    expect(made).toEqual(own.map((kind) => `${kind} account:bob`));
    await addApp(browser, await codes());
    await server().runCommand(['lost-device', 'bob', '--recovery-codes']);
    await server().runCommand(['lost-device', 'bob', '--app']);
    const { browser: again } = await signedIn(server(), 'bob');
    const lines = (await linesOf(again)).filter((line) => /(app|codes).* by itself/.test(line));
    expect(lines).toEqual(['app_removed by itself', 'recovery_codes_removed by itself']);
  });

  it('an application ends what it had; a no is taken back; a cover ends by itself', async () => {
    const alice = ownersOf(server()).alice;
    const { browser } = await signedIn(server(), 'alice');
    await plannerOf(server(), 'planner').isAllowed(browser);
    const items = (await alice.owner.get('access?limit=200')).json<{
      items: { id: string; holder: { id: string } }[];
    }>();
    const consent = items.items.find(({ holder }) => holder.id === 'client:planner')?.id ?? '';
    expect(await plannerOf(server(), 'planner').ends(consent.replace('grant:', ''))).toBe(204);
    expect(await kindsOf(`&access_id=${consent}`)).toEqual(['removed client:planner', 'given account:alice']);

    const album = await alice.album();
    const { requestId } = await daveAsks(server(), alice, album);
    const hers = accessOf(server(), alice);
    for (const answer of ['deny', 'reopen']) await hers.post(`requests/${requestId}/${answer}`, {});
    // Refusals, of which his request began with one, are written late.
    const told = (await kindsOf(`&resource_id=${album}`)).filter((line) => !line.startsWith('refused'));
    expect(told.slice(0, 2)).toEqual(['reopened account:alice', 'denied account:alice']);

    const until = new Date(Date.now() + 1_500).toISOString();
    const covered = await alice.album();
    await hers.post('handovers', { subject: 'account:carol', resource_ids: [covered], allow: 'see', until });
    const lines = () => kindsOf(`&resource_id=${covered}`);
    expect((await eventually(lines, ({ length }) => length > 2)).slice(0, 2)).toEqual([
      'handover_ended by itself',
      'handed_over account:alice',
    ]);
  });

  it('the table is in the language that its link names, and has a line for each', async () => {
    const { browser } = await signedIn(server(), 'alice');
    const api = await sessionApi(server(), browser);
    const table = async (query: string) => (await api.get(`activity/table?kind=signed_in${query}`)).text.split('\r\n');
    expect((await table('&lang=de')).slice(0, 2)).toEqual([
      expect.stringMatching(/^"Wann","Was geschah","Wer"/),
      expect.stringMatching(/^"[^"]+Z","Anmeldung"/),
    ]);
    expect((await table(''))[0]).toMatch(/^"When","What happened"/);
    expect((await api.get('activity/table?lang=%22')).status).toBe(400);
  });
});

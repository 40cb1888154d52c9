import { signedIn } from '../account/people.js';
import { type AccessJson, accessOf, inDays } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { plannerOf, planners } from '../owner-api/planner.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { expectSound, screenBrowser } from './screens.js';

const open = screenBrowser();

const SET_UP = {
  engines: ONE_ENGINE,
  connections: [...OWNERS_CONNECTIONS, { account: 'alice', client: 'print-shop', scope: 'photos.read' }],
  ...planners('planner'),
};

describeServer('O8: applications with consent', SET_UP, (server) => {
  it('says of what she allowed at a page, and of what the operator connected, which of the two it was', async () => {
    await plannerOf(server(), 'planner').isAllowed((await signedIn(server(), 'alice')).browser);
    const { page } = await open();
    await openConsole(server(), page, 'alice', '/access');
    const row = (name: string) => page.locator('section li[data-row]').filter({ hasText: name }).first();
    await row('Planner').getByText('allowed by you at sign-in').waitFor();
    const connected = row('Owner app').or(row('Photo service')).first();
    await connected.getByText('connected for you by the operator').waitFor();
    expect(await connected.getByText('allowed by you').count()).toBe(0);
  });

  it('what she revoked is given back by one press, and she reads when it begins', async () => {
    const { page } = await open();
    await openConsole(server(), page, 'alice', '/access?q=Planner');
    const row = page.locator('section li[data-row]').filter({ hasText: 'Planner' });
    await row.getByRole('button', { name: /^Revoke/ }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByText(/^Recently removed/).click();
    await page
      .locator('details li[data-row]')
      .filter({ hasText: 'Planner' })
      .getByRole('button', { name: /^Give back/ })
      .click();
    await page.getByText(/Planner.* may have access again until .* It gets it the next time you use it\./).waitFor();
    await row.waitFor();
    const removed = await accessOf(server(), ownersOf(server()).alice).removed();
    expect(removed.filter(({ holder }) => holder.id === 'client:planner')).toEqual([]);
  });

  it('O8, O12 what an application keeps is shortened in the list and in the check-up, said in its sentence before', async () => {
    const hers = accessOf(server(), ownersOf(server()).alice);
    const grantOf = async (client: string) => {
      const { items } = (await hers.get('access?limit=200')).json<{ items: AccessJson[] }>();
      return items.find(({ id, holder }) => id.startsWith('grant:') && holder.id === `client:${client}`);
    };
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/access?q=Print');
    const row = page.locator('section li[data-row]').filter({ hasText: 'connected for you by the operator' });
    await row.getByText('with no end date').waitFor();
    await row.getByRole('button', { name: /^Change/ }).click();
    await row.getByRole('radio', { name: '2 weeks' }).check();
    await row.getByRole('status').getByText('(in 14 days)').or(row.getByText('(in 2 weeks)')).first().waitFor();
    await expectSound(watched, 'access: an application is shortened');
    await row.getByRole('button', { name: 'Shorten to 2 weeks' }).click();
    await page.getByText(/Print shop.* has access until /).waitFor();
    await row.getByText('with no end date').waitFor({ state: 'detached' });
    expect(Date.parse((await grantOf('print-shop'))?.until ?? '')).toBeLessThan(Date.parse(inDays(16)));

    await page.goto(`${server().issuer}/console/check-up`);
    await page.getByText('It has no end date.').waitFor();
    await page.getByRole('heading', { level: 2, name: /Owner app/ }).waitFor();
    await page.getByRole('button', { name: 'Shorten…' }).click();
    await page.getByRole('button', { name: 'Shorten to 1 week' }).click();
    const shortened = await eventually(
      () => grantOf('owner-app'),
      (one) => one?.until !== undefined,
    );
    expect(Date.parse(shortened?.until ?? '')).toBeLessThan(Date.parse(inDays(9)));
    await page.getByRole('heading', { level: 2, name: /Owner app/ }).waitFor({ state: 'detached' });
  });
});

import { signedIn } from '../account/people.js';
import { accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { plannerOf, planners } from '../owner-api/planner.js';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { screenBrowser } from './screens.js';

const open = screenBrowser();

const SET_UP = { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, ...planners('planner') };

describeServer('O8: applications with consent', SET_UP, (server) => {
  it('what she revoked is given back by one press, and she reads when it begins', async () => {
    await plannerOf(server(), 'planner').isAllowed((await signedIn(server(), 'alice')).browser);
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
});

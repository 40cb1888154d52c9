import type { Page } from 'playwright-core';
import { type ClientJson, registered, RETURN } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { openOperator } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { expectSound, screenBrowser } from './screens.js';

const open = screenBrowser();
const HOSTILE = '<img src=x onerror=alert(1)>';

const shown = (page: Page) => page.frameLocator('iframe[title="The page that people will see"]');
const asks = (page: Page, name: string) =>
  shown(page).getByRole('heading', { level: 1 }).filter({ hasText: name }).waitFor();

describeServer('P5: live preview', { engines: ONE_ENGINE, config: BY_ALICE, issuerPath: '/t1' }, (server) => {
  it('of a new client appears as soon as it can be registered, follows what is typed, and registers nothing', async () => {
    const watched = await open();
    const { page } = watched;
    await openOperator(server(), page, '/clients/new');
    const notYet = page.getByText('Shown as soon as these settings can be registered.');
    await notYet.waitFor();
    await page.getByLabel('Name', { exact: true }).fill(`Frames ${HOSTILE}`);
    await page.getByLabel('Return addresses').fill(RETURN);
    await asks(page, `Frames ${HOSTILE}`);
    expect(await shown(page).locator('main img[src=x]').count()).toBe(0);
    await page.getByLabel('Name', { exact: true }).fill('Frames');
    await page.getByLabel(/^What it wants data for.*English/).fill('to frame your photos');
    await asks(page, 'Frames');
    await shown(page).getByText('to frame your photos').waitFor();
    // In our own style, which its policy and its origin have to let through.
    const width = shown(page).locator('.card').first();
    expect(await width.evaluate('(element) => getComputedStyle(element).borderRadius')).not.toBe('0px');
    await expectSound(watched, 'operator register client: its preview');
    await page.getByLabel('Publisher').fill('a\u202eb');
    await notYet.waitFor();
    await page.getByLabel('Publisher').fill('Sons');
    await asks(page, 'Frames');
    await page.getByLabel('Name', { exact: true }).fill('');
    await notYet.waitFor();
    const { items } = (await (await operatorApi(server())).get('clients?q=Frames')).json<{ items: ClientJson[] }>();
    expect(items).toEqual([]);
  });

  it('of one that there is shows what is not saved yet; a failure says so, and is tried again', async () => {
    const operator = await operatorApi(server());
    const { client_id: id } = await registered(operator, { client_name: 'Saved name' });
    const watched = await open();
    const { page } = watched;
    await openOperator(server(), page, `/clients/${id}/who`);
    await asks(page, 'Saved name');
    await page.getByLabel('Name', { exact: true }).fill('Written name');
    await asks(page, 'Written name');
    expect((await operator.get(`clients/${id}`)).json<ClientJson & object>().name).toBe('Saved name');
    await page.route('**/preview', (route) => route.abort());
    await page.getByLabel('Name', { exact: true }).fill('Unheard name');
    await page.getByText('The page could not be shown.').waitFor();
    await page.unroute('**/preview');
    await page.getByRole('button', { name: 'Try again' }).click();
    await asks(page, 'Unheard name');
  });
});

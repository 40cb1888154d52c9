import { BY_ALICE } from '../operator-api/operators.js';
import { openConsole, openOperator } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { expectFocus, expectSound, screenBrowser } from './screens.js';

describeServer('the operator’s console', { config: BY_ALICE, engines: ONE_ENGINE, issuerPath: '/t1' }, (server) => {
  const open = screenBrowser();

  it('G8, G14, G19: a screen of it, and an address without one', async () => {
    const watched = await open();
    await openOperator(server(), watched.page, '/jobs');
    await watched.page.getByRole('table').waitFor();
    await expectSound(watched, 'operator jobs: a list');
    await openOperator(server(), watched.page, '/nowhere');
    await expectSound(watched, 'operator: no such screen');
  });

  it('4.0: “/” leads to the search of the screen, “?” lists the keys, with the way to switch them off', async () => {
    const { page } = await open();
    await openOperator(server(), page, '/clients');
    const search = page.getByRole('searchbox', { name: 'Search clients' });
    await search.waitFor();
    await page.keyboard.press('/');
    await expectFocus(page, 'INPUT ');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByRole('link', { name: 'To the settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });

  it('is reached from the owner’s menu, and leads back; owners load none of its files', async () => {
    const { page } = await open();
    const files: string[] = [];
    page.on('response', (answer) => files.push(new URL(answer.url()).pathname));
    await openConsole(server(), page);
    const ofOwner = new Set(files.splice(0));
    await page.getByRole('button', { name: 'Alice Archer: menu' }).click();
    await page.getByRole('link', { name: 'Operator' }).click();
    await page.waitForURL(/\/operator\//);
    await page.locator('#content h1').waitFor();
    const own = files.filter((path) => path.includes('/assets/') && !ofOwner.has(path));
    expect(own.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Alice Archer: menu' }).click();
    await page.getByRole('link', { name: 'Access' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your resources' }).waitFor();
  });
});

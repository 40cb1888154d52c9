import { BY_ALICE } from '../operator-api/operators.js';
import { openConsole, openOperator } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { expectSound, overflowOf, screenBrowser } from './screens.js';

/** Every screen of the operator's console, below `/operator`. */
const SCREENS = ['/jobs', '/nowhere'];

describeServer('the operator’s console', { config: BY_ALICE, engines: ONE_ENGINE, issuerPath: '/t1' }, (server) => {
  const open = screenBrowser();

  it.each([1280, 360])('G8, G19 %i px: every screen, light and dark', async (width) => {
    const watched = await open({ viewport: { width, height: 800 } });
    for (const path of SCREENS) {
      await openOperator(server(), watched.page, path);
      await expectSound(watched, `operator${path.replaceAll('/', '-')}-${width}`);
    }
  });

  it.each([
    ['320 px', 320, 100],
    ['200 % text at 360 px', 360, 200],
  ])('G14 %s, in German: nothing scrolls sideways', async (_, width, percent) => {
    const { page } = await open({ viewport: { width, height: 700 }, locale: 'de-DE' });
    for (const path of SCREENS) {
      await openOperator(server(), page, path);
      await page.evaluate(`document.documentElement.style.fontSize = '${percent}%'`);
      expect({ path, overflow: await overflowOf(page) }).toEqual({ path, overflow: 0 });
    }
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

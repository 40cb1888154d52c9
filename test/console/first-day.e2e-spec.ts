import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

describeServer('who has nothing yet', { engines: ONE_ENGINE, config: WORDED }, (server) => {
  it('O8: nobody but her: says so, what would show here, and where it begins', async () => {
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/access');
    await page.getByText('Nobody but you.').waitFor();
    await expectSound(watched, 'access: nobody but you');
    await page.getByRole('link', { name: 'To your resources' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your resources' }).waitFor();
  });

  it('O6: nothing of hers fits an application: says what it works with', async () => {
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/applications/client%3Aprint-shop');
    await page.getByText(/^Nothing of yours fits\. This application works with: .*see photos.*\.$/).waitFor();
    await expectSound(watched, 'application: nothing fits');
  });

  it('O12: nothing to check up: says so, and when the next check-up is', async () => {
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/check-up');
    await page.getByRole('heading', { level: 2, name: 'There is nothing to look at.' }).waitFor();
    await page.getByText(/^The next check-up is on .*\.$/).waitFor();
    await expectSound(watched, 'check-up: nothing to look at');
  });
});

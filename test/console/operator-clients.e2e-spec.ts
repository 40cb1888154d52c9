import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { atWork, type ClientJson, registered, RETURN } from '../operator-api/clients.js';
import { BY_ALICE, operatorApi } from '../operator-api/operators.js';
import { openOperator, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { WHICHEVER } from '../support/http.js';
import { expectSound, focused, screenBrowser } from './screens.js';

const open = screenBrowser();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string, level = 1) => page.getByRole('heading', { level, name, exact: true });

describeServer('P5, P6: clients', { engines: ONE_ENGINE, config: BY_ALICE, issuerPath: '/t1' }, (server) => {
  const api = () => operatorApi(server());
  const named = async (name: string) =>
    (await (await api()).get(`clients?q=${encodeURIComponent(name)}`)).json<{ items: ClientJson[] }>().items;
  const asks = async (client: ClientJson, secret?: string) =>
    (await atWork(server(), client, secret).post('/token', { grant_type: 'client_credentials' })).status;

  it('registers: an incomplete form explains itself; pressed twice it makes one; the secret is shown once, and works', async () => {
    const watched = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = watched;
    await openOperator(server(), page, '/clients/new');
    await button(page, 'Register client').click();
    await heading(page, 'Please check this', 2).waitFor();
    expect(await focused(page)).toBe('H2 Please check this');
    await page.getByRole('link', { name: 'Give it a name. Example: Frame shop' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('client-client_name');
    await page.keyboard.type('Once made');
    await page.getByLabel('Return addresses').fill(`${RETURN}\nhttp://shop.example/#a`);
    await page.getByLabel(/^It acts for itself/).check();
    await page.getByLabel('Permissions').fill('photos.read phoos.veiw');
    await page.getByLabel('Services').fill('https://nowhere.example');
    await button(page, 'Register client').click();
    await page.locator('#client-redirect_uris-problem', { hasText: 'Address 2 must not have a “#”' }).waitFor();
    await expectSound(watched, 'operator register client: what is wrong');
    await page.getByLabel('Return addresses').fill(`${RETURN}\nhttps://user:word@shop.example/`);
    await button(page, 'Register client').click();
    await page
      .locator('#client-redirect_uris-problem', { hasText: 'Address 2 must not hold a user name or password' })
      .waitFor();
    await page.getByLabel('Return addresses').fill(RETURN);
    await button(page, 'Register client').click();
    await page
      .locator('#client-audiences-problem', { hasText: 'Each must be the resource of a resource server here' })
      .waitFor();
    expect(await focused(page)).toBe('H2 Please check this');
    expect(await named('Once made')).toEqual([]);
    await page.getByLabel('Services').fill('');
    await button(page, 'Register client').dblclick();
    await heading(page, 'Once made is registered').waitFor();
    const [client, ...others] = await named('Once made');
    expect(others).toEqual([]);
    if (!client) throw new Error('nothing was registered');
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    expect(await asks(client, secret)).toBe(200);
    expect(page.url()).not.toContain(secret);
    await page.getByText('phoos.veiw is known to no resource server').waitFor();
    await page.getByRole('link', { name: 'Words of phoos.veiw' }).waitFor();
    await button(page, 'Copy the secret').click();
    await expectStatus(page, 'Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    const downloading = page.waitForEvent('download');
    await button(page, 'Download as a file').click();
    const file = await downloading;
    expect([file.suggestedFilename(), await readFile(await file.path(), 'utf8')]).toEqual([
      `${client.client_id}.txt`,
      `client_id: ${client.client_id}\nclient_secret: ${secret}\n`,
    ]);
    await expectSound(watched, 'operator register client: its secret');
    await page.getByRole('link', { name: 'Open Once made' }).click();
    await heading(page, 'Once made').waitFor();
    await page.goBack();
    await heading(page, 'Register client').waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  const expectStatus = (page: Page, text: string) =>
    page.getByRole('status').filter({ hasText: text }).first().waitFor();

  it('a session that ends in the middle of the form keeps what was written', async () => {
    const { page, context } = await open();
    await openOperator(server(), page, '/clients/new');
    await page.getByLabel('Name', { exact: true }).fill('Kept over a sign-in');
    await page.getByLabel('Return addresses').fill(RETURN);
    await context.clearCookies({ name: 'vk_session' });
    await button(page, 'Register client').click();
    await signInAgain(page);
    await heading(page, 'Register client').waitFor();
    expect(await page.getByLabel('Return addresses').inputValue()).toBe(RETURN);
    expect(await named('Kept over')).toEqual([]);
    await button(page, 'Register client').click();
    await heading(page, 'Kept over a sign-in is registered').waitFor();
  });

  it('the list: search and filters stand in the address; names of any kind; nothing found has a way back', async () => {
    const operator = await api();
    const names = [
      '<img src=x> & Co',
      'متجر الإطارات',
      'A name of sixty letters that goes on and on until it is over.',
    ];
    for (const client_name of names) await registered(operator, { client_name, publisher: 'Listed Ltd' });
    const watched = await open();
    const { page } = watched;
    await openOperator(server(), page, '/clients?state=active');
    await page.getByLabel('Search clients').fill('listed');
    await page.waitForURL(/q=listed/);
    await page.getByText('3 shown').waitFor();
    for (const name of names) await page.getByRole('link', { name, exact: true }).waitFor();
    await expectSound(watched, 'operator clients: names of every kind');
    await page.getByLabel('Made by').selectOption('configuration');
    await page.getByText('No client is like this.').waitFor();
    await expectSound(watched, 'operator clients: nothing fits');
    expect(new URL(page.url()).search).toBe('?q=listed&state=active&origin=configuration');
    await page.reload();
    await page.getByText('No client is like this.').waitFor();
    await button(page, 'Clear filters').click();
    await page.getByRole('link', { name: 'Print shop' }).waitFor();
    expect(await page.getByLabel('Search clients').inputValue()).toBe('');
  });

  it('a list that cannot be read says so, and is read again', async () => {
    const { page } = await open();
    await openOperator(server(), page, '/jobs');
    await page.route('**/operator-api/clients*', (route) => route.abort());
    await page.getByRole('link', { name: 'Clients' }).click();
    await page.getByText('The clients could not be read.').waitFor();
    await page.unroute('**/operator-api/clients*');
    await button(page, 'Try again').click();
    await page.getByRole('link', { name: 'Print shop' }).waitFor();
  });

  it('settings by task: saved for the task alone; of a lost race both versions are shown, and either can stay', async () => {
    const operator = await api();
    const { client_id: id, settings } = await registered(operator, { client_name: 'Raced', publisher: 'First' });
    const elsewhere = async (changes: object) =>
      operator.change('PUT', `clients/${id}`, { ...settings, ...changes }, WHICHEVER);
    const stored = async () => (await operator.get(`clients/${id}`)).json<ClientJson & object>().settings;
    const watched = await open();
    const { page } = watched;
    await openOperator(server(), page, `/clients/${id}/who`);
    await page.getByLabel('Publisher').waitFor();
    await expectSound(watched, 'operator client: a task');
    await page.getByLabel('Publisher').fill('Mine');
    await elsewhere({ publisher: 'Theirs', scope: 'openid' });
    await button(page, 'Save').click();
    await heading(page, 'Somebody else changed this client meanwhile', 2).waitFor();
    expect(await focused(page)).toBe('H2 Somebody else changed this client meanwhile');
    await expectSound(watched, 'operator client: a lost race');
    expect((await stored())['publisher']).toBe('Theirs');
    await button(page, 'Keep mine').click();
    await page.getByText('The client is saved.').waitFor();
    expect(await stored()).toMatchObject({ publisher: 'Mine', scope: 'openid' });
    await elsewhere({ publisher: 'Theirs again' });
    await page.getByLabel('Publisher').fill('Mine again');
    await button(page, 'Save').click();
    await button(page, 'Take theirs').click();
    await heading(page, 'Somebody else changed this client meanwhile', 2).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Publisher').inputValue()).toBe('Theirs again');
    expect((await stored())['publisher']).toBe('Theirs again');
    await page.getByRole('link', { name: 'Where it returns' }).click();
    await page.waitForURL(/\/returns$/);
    await page.getByLabel('Return addresses').fill('https://*.example/');
    await button(page, 'Save').click();
    await page.locator('#client-redirect_uris-problem', { hasText: 'must not have a “*”' }).waitFor();
    await page.getByLabel('Return addresses').fill('https://other.example/back');
    await button(page, 'Save').click();
    const addresses = async () => (await stored())['redirect_uris'] as string[];
    const changed = await eventually(addresses, ([first]) => first !== RETURN);
    expect(changed).toEqual(['https://other.example/back']);
  });

  it('attack class 212: one that is called as another of the operator says so, as it is made and later, and leads there', async () => {
    const watched = await open();
    const { page } = watched;
    await openOperator(server(), page, '/clients/new');
    await page.getByLabel('Name', { exact: true }).fill('Рrint-SHOP');
    await page.getByLabel('Return addresses').fill(RETURN);
    await button(page, 'Register client').click();
    await heading(page, 'Рrint-SHOP is registered').waitFor();
    await page.getByText('People cannot tell it by its name from:').waitFor();
    await expectSound(watched, 'operator client: called as another');
    const [made] = await named('Рrint-SHOP');
    await openOperator(server(), page, `/clients/${made?.client_id ?? ''}/who`);
    await page.getByText('People cannot tell it by its name from:').waitFor();
    await page.getByRole('link', { name: 'Print shop', exact: true }).click();
    await page.getByText('npm run valetkey -- client-secret print-shop').waitFor();
    await page.getByRole('link', { name: 'Рrint-SHOP' }).waitFor();
  });

  it('suspending says how many people it concerns, asks, and can be undone; Escape changes nothing', async () => {
    const made = await registered(await api(), { client_name: 'Stopped' });
    await atWork(server(), made).tokens();
    const watched = await open();
    const { page } = watched;
    await openOperator(server(), page, `/clients/${made.client_id}`);
    await button(page, 'Suspend Stopped').waitFor();
    await expectSound(watched, 'operator client: use');
    await button(page, 'Suspend Stopped').click();
    const dialog = page.getByRole('dialog', { name: 'Suspend Stopped?' });
    await dialog.getByText('It holds something of 1 person.').waitFor();
    await expectSound(watched, 'operator client: suspend it?');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await asks(made)).toBe(200);
    await button(page, 'Suspend Stopped').click();
    await dialog.getByRole('button', { name: 'Suspend Stopped' }).click();
    await button(page, 'Resume Stopped').waitFor();
    expect(await asks(made)).toBe(401);
    await expectSound(watched, 'operator client: suspended');
    await page.goto(`${server().issuer}/console/access`);
    await page.getByText('suspended by whoever runs this service').first().waitFor();
    await page.goBack();
    await button(page, 'Resume Stopped').click();
    await button(page, 'Suspend Stopped').waitFor();
    expect(await asks(made)).toBe(200);
  });

  it('a new secret beside the present one; removing leads back to the list', async () => {
    const made = await registered(await api(), { client_name: 'Renewed' });
    const { page } = await open();
    await openOperator(server(), page, `/clients/${made.client_id}`);
    await page.getByText('One secret is valid.').waitFor();
    await button(page, 'Make a new secret').click();
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    await page.getByText('Two secrets are valid.').waitFor();
    expect([await asks(made), await asks(made, secret)]).toEqual([200, 200]);
    await button(page, 'Remove Renewed').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove Renewed' }).click();
    await heading(page, 'Clients').waitFor();
    await page.getByText('Renewed is removed. It held something of 0 people.').waitFor();
    expect([await asks(made, secret), await named('Renewed')]).toEqual([401, []]);
  });

  it('lost race: in a tab that shows what was, nothing is done unseen; and a secret that may be in use ends by a question', async () => {
    const made = await registered(await api(), { client_name: 'Two tabs' });
    const watched = await open();
    const { page, context } = watched;
    await openOperator(server(), page, `/clients/${made.client_id}`);
    const other = await context.newPage();
    await openOperator(server(), other, `/clients/${made.client_id}`);
    for (const tab of [page, other]) await tab.getByText('One secret is valid.').waitFor();
    await button(other, 'Make a new secret').click();
    const second = (await other.locator('[data-secret]').textContent()) ?? '';
    // What is shown stands still, as it does where no other tab tells of changes.
    await button(page, 'Make a new secret').click();
    await heading(page, 'Somebody else changed this client meanwhile', 2).waitFor();
    await page.getByText('Two secrets are valid.').waitFor();
    expect(await page.locator('[data-secret]').count()).toBe(0);
    expect([await asks(made), await asks(made, second)]).toEqual([200, 200]);
    await expectSound(watched, 'operator client: a step came too late');
    await button(page, 'Make a new secret').click();
    const dialog = page.getByRole('dialog', { name: 'End the former secret now?' });
    await dialog.getByText(/The former secret ends at once. It was made/).waitFor();
    await expectSound(watched, 'operator client: end the former secret?');
    await dialog.getByRole('button', { name: 'Keep both' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await asks(made)).toBe(200);
    await button(page, 'Make a new secret').click();
    await dialog.getByRole('button', { name: 'End it, and make a new one' }).click();
    const third = (await page.locator('[data-secret]').textContent()) ?? '';
    expect([await asks(made), await asks(made, second), await asks(made, third)]).toEqual([401, 200, 200]);
    await button(other, 'Remove Two tabs').click();
    await other.getByRole('dialog').getByRole('button', { name: 'Remove Two tabs' }).click();
    await heading(other, 'Somebody else changed this client meanwhile', 2).waitFor();
    expect(await asks(made, third)).toBe(200);
  });

  it('a secret that is not kept, and a form half written, are lost by a link or by Back after a question alone', async () => {
    const watched = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = watched;
    await openOperator(server(), page, '/clients');
    await page.getByRole('link', { name: 'Register client' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Shown once');
    await page.goBack();
    const words = page.getByRole('dialog', { name: 'Leave without saving?' });
    await words.waitFor();
    await expectSound(watched, 'operator: leave without saving?');
    await words.getByRole('button', { name: 'Stay here' }).click();
    await words.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Shown once');
    await page.getByLabel('Return addresses').fill(RETURN);
    await button(page, 'Register client').click();
    await heading(page, 'Shown once is registered').waitFor();
    const secret = (await page.locator('[data-secret]').textContent()) ?? '';
    await page.goBack();
    const leave = page.getByRole('dialog', { name: 'Leave without the secret?' });
    await leave.waitFor();
    await expectSound(watched, 'operator: leave without the secret?');
    await page.keyboard.press('Escape');
    await leave.waitFor({ state: 'detached' });
    expect(await page.locator('[data-secret]').textContent()).toBe(secret);
    await page.getByRole('link', { name: 'Open Shown once' }).click();
    await leave.getByRole('button', { name: 'Stay here' }).click();
    await button(page, 'Copy the secret').click();
    await expectStatus(page, 'Copied');
    await page.getByRole('link', { name: 'Open Shown once' }).click();
    await heading(page, 'Shown once').waitFor();
    await button(page, 'Make a new secret').click();
    await page.locator('[data-secret]').waitFor();
    await page.getByRole('link', { name: 'Where it returns' }).click();
    await leave.getByRole('button', { name: 'Leave without it' }).click();
    await page.getByLabel('Return addresses').fill('https://other.example/back');
    await page.getByRole('link', { name: 'Use', exact: true }).click();
    await words.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByText('Two secrets are valid.').waitFor();
  });

  it('what the file says is shown, with the reason why it is not changed here; the preview is a real page', async () => {
    const watched = await open();
    const { page, context } = watched;
    await openOperator(server(), page, '/clients/nobody');
    await page.getByText('This client could not be read.').waitFor();
    await expectSound(watched, 'operator client: none');
    await page.goto(`${server().issuer}/operator/clients/print-shop/returns`);
    await page.getByText('This client is in the configuration file').waitFor();
    await expectSound(watched, 'operator client: of the file');
    await page.getByText('https://shop.example/callback/2').waitFor();
    await page.getByRole('link', { name: 'Use', exact: true }).click();
    await page.getByText('npm run valetkey -- client-secret print-shop').waitFor();
    await page.getByText('Take it out there: it is off from the next start on.').waitFor();
    await expectSound(watched, 'operator client: of the file, its use');
    await page.getByRole('link', { name: 'Where it returns' }).click();
    await page.waitForURL(/\/returns$/);
    expect(await page.getByRole('textbox').count()).toBe(0);
    const opening = context.waitForEvent('page');
    await page.getByRole('link', { name: 'See what people are asked' }).click();
    const preview = await opening;
    await preview.getByText('Nothing can be allowed or denied here.').waitFor();
    await preview.getByRole('heading', { level: 1, name: 'Allow Print shop to use your data?' }).waitFor();
    await preview.getByRole('button', { name: 'Allow' }).click();
    expect(preview.url()).toBe(`${server().issuer}/operator/preview/print-shop`);
  });
});

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { accessOf, inDays } from '../owner-api/access-calls.js';
import { daveAsks, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole } from '../support/console.js';
import { changeStored } from '../support/database-content.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { requestingParty } from '../support/uma.js';
import { DAVE } from '../support/world.js';
import { expectSound, screenBrowser } from './screens.js';
import { WORDED } from './worded.js';

const open = screenBrowser();

const cardOf = (page: Page, name: string) => page.locator('li[data-row]').filter({ hasText: name });

describeServer('O7: too late', { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED }, (server) => {
  const alice = () => ownersOf(server()).alice;

  it('nobody answered in time while the card was open: it says so, and what was asked for can still be given', async () => {
    const name = `Late ${randomUUID()}`;
    const album = await alice().album(name);
    const { requestId } = await daveAsks(server(), alice(), album);
    const watched = await open();
    const { page } = watched;
    await openConsole(server(), page, 'alice', '/requests');
    const card = cardOf(page, name);
    await card.getByRole('button', { name: /^Deny ?, / }).waitFor();
    await changeStored(
      server(),
      `UPDATE access_request SET expires_at = ${Date.now() - 1000} WHERE id = '${requestId}'`,
    );
    await card.getByText(/Nobody answered in time: it ended .* You can still give what was asked for\./).waitFor();
    await card.getByRole('button', { name: /^Deny/ }).waitFor({ state: 'detached' });
    await expectSound(watched, 'requests: expired while open');
    await card.getByRole('button', { name: /^Approve for 1 week/ }).click();
    await card.getByText(/Nobody answered in time: .* Given\.$/).waitFor();
    expect((await accessOf(server(), alice()).get(`requests/${requestId}`)).json()['state']).toBe('expired');
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    expect((await requestingParty(server(), DAVE, 'print-shop').present(ticket)).status).toBe(200);
  });
});

describeServer(
  'O7: no longer than the operator allows',
  { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: { ...WORDED, sharing: { longest_days: 5 } } },
  (server) => {
    it('longer lengths are not offered, the limit is said, and days beyond it are not given', async () => {
      const { alice } = ownersOf(server());
      const name = `Long ${randomUUID()}`;
      const { requestId } = await daveAsks(server(), alice, await alice.album(name));
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/requests');
      const card = cardOf(page, name);
      await card.getByRole('radio', { name: '1 day' }).waitFor();
      expect(await card.getByRole('radio', { name: /week|30 days|No end/ }).count()).toBe(0);
      await card.getByRole('radio', { name: /dates/i }).check();
      await card.getByText(/At most 5 days\./).waitFor();
      await card.getByLabel(/^Last day/).fill(inDays(20).slice(0, 10));
      await card.getByRole('button', { name: /^Approve/ }).click();
      await card.getByRole('link', { name: 'That is longer than this server allows.' }).waitFor();
      await expectSound(watched, 'requests: longer than the operator allows');
      const state = async () => (await accessOf(server(), alice).get(`requests/${requestId}`)).json()['state'];
      expect(await state()).toBe('pending');
      await card.getByRole('radio', { name: '1 day' }).check();
      await card.getByRole('button', { name: /^Approve for 1 day/ }).click();
      await card.getByText(/^You approved this just now/).waitFor();
      expect(await state()).toBe('approved');
    });
  },
);

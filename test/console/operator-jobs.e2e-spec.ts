import { OWNERS_CONNECTIONS } from '../owner-api/owners.js';
import { BY_ALICE } from '../operator-api/operators.js';
import { openOperator } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { expectSound, screenBrowser } from './screens.js';

const FAILING = {
  id: 'send_notices',
  every_seconds: 60,
  next_at: '2030-01-01T00:00:00Z',
  late_since: '2026-01-01T00:00:00Z',
  failing: { since: '2026-01-01T00:00:00Z', times: 3, error: 'network', reference: '7KD-42Q' },
  waiting: 1000,
  last: { at: '2026-01-01T00:02:00Z', lasted_ms: 1500, outcome: 'failed' },
};

describeServer(
  'P9 tokens and jobs in the operator’s console',
  { config: BY_ALICE, connections: OWNERS_CONNECTIONS, engines: ONE_ENGINE },
  (server) => {
    const open = screenBrowser();

    it('a job runs when the operator presses Run now, and what came of it is said', async () => {
      const { page } = await open();
      await openOperator(server(), page, '/jobs');
      const row = page.getByRole('row').filter({ hasText: 'Remove what has expired' });
      await row.getByRole('button', { name: 'Run now: Remove what has expired' }).click();
      await page
        .locator('[role=status][aria-live]', { hasText: /Remove what has expired: done in/ })
        .waitFor({ state: 'attached' });
      await row.getByText(/just now \(\w{3} \d/).waitFor();
      expect(server().log()).toContain('job_run_by_operator');
    });

    it('tokens are shown by application and kind, and what the token endpoint answered as bars and as a table', async () => {
      const { page } = await open();
      await openOperator(server(), page, '/jobs');
      const row = page.getByRole('row').filter({ hasText: 'photo-service' });
      await row.waitFor();
      expect(await row.getByRole('cell').allTextContents()).toEqual(['4', '0', '2', '0', '2', '0']);
      await page.getByRole('img', { name: /^Answers of the token endpoint/ }).waitFor();
      await page.getByText('As a table').click();
      await page.getByRole('rowheader', { name: 'the last', exact: true }).waitFor();
    });

    it('WCAG 2.2.2 it is read again by itself, until that is stopped', async () => {
      const { page } = await open();
      let reads = 0;
      page.on('response', (answer) => (reads += Number(answer.url().endsWith('/operator-api/jobs'))));
      await page.clock.install();
      await openOperator(server(), page, '/jobs');
      await page.getByRole('row').nth(2).waitFor();
      const again = page.waitForResponse((answer) => answer.url().endsWith('/operator-api/jobs'));
      await page.clock.runFor(10_500);
      await again;
      await page.getByRole('button', { name: 'Stop refreshing' }).click();
      await page.getByText('Not read again by itself.').waitFor();
      const before = reads;
      await page.clock.runFor(60_000);
      expect(reads).toBe(before);
    });

    it('G8 a job that is late and fails says since when and why, and is retried', async () => {
      const watched = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
      const { page } = watched;
      await page.route('**/operator-api/jobs', (route) => route.fulfill({ json: { items: [FAILING] } }));
      await openOperator(server(), page, '/jobs');
      const row = page.getByRole('row').filter({ hasText: 'Send messages to people' });
      await row.getByText('Its last 3 runs failed').waitFor();
      const text = await row.innerText();
      expect(text).toContain('Late: it was due');
      expect(text).toContain('Another server could not be reached.');
      expect(text).toContain('1,000 or more');
      await expectSound(watched, 'operator jobs: one is late and fails');
      await row.getByRole('button', { name: 'Copy 7KD-42Q' }).click();
      await page.locator('[role=status]', { hasText: 'Copied' }).first().waitFor({ state: 'attached' });
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe('7KD-42Q');
      await row.getByRole('button', { name: 'Retry: Send messages to people' }).click();
      await page
        .locator('[role=status][aria-live]', { hasText: /^Send messages to people: done/ })
        .waitFor({ state: 'attached' });
    });
  },
);

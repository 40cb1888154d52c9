import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, chromium } from 'playwright-core';
import { WORDED } from '../console/worded.js';
import { accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { findChromium } from '../support/chromium.mjs';
import { openConsole } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { freePort } from '../support/free-port.mjs';
import { measured } from '../support/measures.js';

const run = promisify(execFile);
const PROFILES = [
  ['desktop', ['--preset=desktop']],
  ['mobile', []],
] as const;
const PAGES = ['/console/', '/console/access', '/console/requests', '/console/settings', '/device'];

interface Report {
  readonly categories: Readonly<Record<'performance' | 'accessibility', { readonly score: number | null }>>;
}

/** Lighthouse looks at what a browser shows that is signed in: it shares the profile that Playwright opened. */
describeServer('Lighthouse', { engines: ONE_ENGINE, connections: OWNERS_CONNECTIONS, config: WORDED }, (server) => {
  let context: BrowserContext;
  let profile: string;
  let port: number;
  beforeAll(async () => {
    const { alice } = ownersOf(server());
    for (let number = 1; number <= 12; number += 1) {
      const album = await alice.album(`Album ${String(number)}`);
      await accessOf(server(), alice).share({ resource_ids: [album], subject: 'account:bob' });
    }
    port = await freePort();
    profile = await mkdtemp(join(tmpdir(), 'valetkey-lighthouse-'));
    const executablePath = findChromium();
    context = await chromium.launchPersistentContext(profile, {
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${String(port)}`],
    });
    await openConsole(server(), await context.newPage());
  });
  afterAll(async () => {
    await context?.close();
    await rm(profile, { recursive: true, force: true });
  });

  const look = async (path: string, options: readonly string[]): Promise<Report> => {
    const { stdout } = await run(
      process.execPath,
      [
        'node_modules/lighthouse/cli/index.js',
        server().issuer + path,
        `--port=${String(port)}`,
        '--output=json',
        '--quiet',
        '--disable-storage-reset',
        '--only-categories=performance,accessibility',
        ...options,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout) as Report;
  };

  /** A browser that is busy loses the trace now and then. */
  const lookAgain = async (path: string, options: readonly string[], triesLeft = 2): Promise<Report> =>
    look(path, options).catch((error: unknown) => {
      if (triesLeft === 0) throw error;
      return lookAgain(path, options, triesLeft - 1);
    });

  it.each(PROFILES)(
    'G9 %s',
    async (name, options) => {
      for (const path of PAGES) {
        const { categories } = await lookAgain(path, options);
        measured('G9', 'accessibility', Math.round((categories.accessibility.score ?? 0) * 100));
        measured('G9', `performance ${name}`, Math.round((categories.performance.score ?? 0) * 100));
      }
    },
    300_000,
  );
});

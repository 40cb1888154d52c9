import { existsSync } from 'node:fs';
import { type DemoSettings, demoSettings } from '../settings.js';
import { answerRequests, showRequests } from './answers.js';
import { assemble, type Cast } from './cast.js';
import { StoryError } from './must.js';
import { Narrator } from './narrator.js';
import { tellClaims, tellSignIn, tellStory } from './story.js';

type Command = (cast: Cast, settings: DemoSettings) => Promise<void>;

/** What can follow `npm run demo --`; without a word it is the story. */
const COMMANDS = new Map<string | undefined, Command>([
  [undefined, tellStory],
  ['sign-in', tellSignIn],
  ['claims', tellClaims],
  ['requests', showRequests],
  ['approve', (cast) => answerRequests(cast, 'approve')],
  ['deny', (cast) => answerRequests(cast, 'deny')],
  ['token', async ({ backstage }) => void process.stdout.write(`${await backstage.signIn()}\n`)],
]);

async function run(name: string | undefined): Promise<number> {
  try {
    const command = COMMANDS.get(name);
    if (!command) {
      const names = [...COMMANDS.keys()].filter((known) => known !== undefined).join(', ');
      throw new StoryError(`There is no command "${name}"; there are ${names}, and the story without one.`);
    }
    const settings = demoSettings();
    await mustRun(settings);
    await command(assemble(settings, new Narrator(process.stdout)), settings);
    return 0;
  } catch (error) {
    new Narrator(process.stderr).bad(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** The demo must run, and be the one of this folder: another program on its ports would be told its secrets. */
async function mustRun({ server, photos, files, typed }: DemoSettings): Promise<void> {
  const answers = await Promise.all([`${server}/health/ready`, `${photos}/health`].map(isOk));
  const isPrepared =
    existsSync(files.ownerKey) && existsSync(files.connection('owner-app')) && existsSync(files.password('bob'));
  if (answers.every(Boolean) && isPrepared) return;
  throw new StoryError(
    [
      `The demo does not run at ${server}. Start it in another terminal, in this folder:`,
      `    ${typed('npm start')}`,
      'When that says “Valetkey demo is running”, come back here:',
      `    ${typed('npm run demo')}`,
      'Does it run on other ports? Then name them here, too, as for npm start:',
      '    VALETKEY_DEMO_PORT=9080 npm run demo',
    ].join('\n'),
  );
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

const code = await run(process.argv[2]);
// Ends also when the story was interrupted in the middle of something; not before all is written.
process.stdout.write('', () => process.exit(code));

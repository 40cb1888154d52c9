import { type DemoSettings, demoSettings } from '../settings.js';
import { banner } from './banner.js';
import { ChildProgram } from './child-program.js';
import { prepare } from './preparation.js';
import { demoEnvironment, SERVER } from './server-command.js';

/**
 * Prepares the demo, starts its four programs, and stays until it is told to stop or one of them ends.
 * Resolves with the exit code, when all of them have ended.
 */
export async function launch(): Promise<number> {
  const settings = demoSettings();
  const stopped = signalled();
  const programs: ChildProgram[] = [];
  try {
    await prepare(settings);
    const started = startAll(settings, programs).then(() => console.log(banner(settings)));
    // When the demo is stopped while it starts, what then fails to start is no news.
    started.catch(() => undefined);
    await Promise.race([started, stopped]);
    const end = await Promise.race([stopped, ...programs.map(({ ended }) => ended)]);
    if (end === undefined) return 0;
    throw new Error(`${end}; the demo stops.`);
  } catch (error) {
    console.error(`\n  ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    // The server last: the others may still have something to say to it.
    const [server, ...others] = programs;
    await Promise.all(others.map((program) => program.stop()));
    await server?.stop();
  }
}

/** All at once, but the photo service after the server: it registers its albums there before it is ready. */
async function startAll(settings: DemoSettings, programs: ChildProgram[]): Promise<void> {
  const start = (name: string, command: string[], readyUrl: string) => {
    const program = new ChildProgram({ name, command, env: demoEnvironment(), readyUrl });
    programs.push(program);
    return program.ready();
  };
  const demo = (folder: string) => [`dist/apps/demo/src/${folder}/main.js`];
  const server = start(
    'server',
    [SERVER, 'serve', '--config', settings.files.config],
    `${settings.server}/health/ready`,
  );
  await Promise.all([
    server.then(() => start('photo service', demo('photo-service'), `${settings.photos}/health`)),
    start('partner', demo('partner'), `${settings.partner}/health`),
    start('print shop', demo('print-shop'), `${settings.shop}/health`),
  ]);
}

/** Resolves when somebody asks the demo to stop. */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
  });
}

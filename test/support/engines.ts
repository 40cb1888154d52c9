import { type Engine, type Server, type ServerOptions, startServer } from './server.js';

const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

/** Declares the same tests for each engine. */
export function describeEngines(title: string, tests: (engine: Engine) => void): void {
  describe.each(ENGINES)(`${title} (%s)`, tests);
}

/** Declares the same tests for each engine, against one server that lives as long as they run. */
export function describeServer(
  title: string,
  options: Omit<ServerOptions, 'engine'>,
  tests: (server: () => Server) => void,
): void {
  describeEngines(title, (engine) => {
    let running: Server | undefined;
    beforeAll(async () => {
      running = await startServer({ ...options, engine });
    }, 180_000);
    afterAll(() => running?.dispose());
    tests(() => {
      if (!running) throw new Error('The server runs inside tests only');
      return running;
    });
  });
}

import { type Engine, type Server, type ServerOptions, startServer } from './server.js';

const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

/** For `describe.each`: of what the database has no part in, such as bytes of HTTP, a second engine would prove nothing. */
export const ONE_ENGINE: readonly Engine[] = ['sqlite'];

/** Declares the same tests for each engine. */
export function describeEngines(title: string, tests: (engine: Engine) => void): void {
  describe.each(ENGINES)(`${title} (%s)`, tests);
}

/** Declares the same tests for each engine, both if none are named, against one server that lives as long as they run. */
export function describeServer(
  title: string,
  { engines = ENGINES, ...options }: Omit<ServerOptions, 'engine'> & { readonly engines?: readonly Engine[] },
  tests: (server: () => Server) => void,
): void {
  describe.each(engines)(`${title} (%s)`, (engine) => {
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

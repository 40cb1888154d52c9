import { runCheckConfig } from './check-config.command.js';
import { ConfigFolder, ENVIRONMENT, validSettings } from './config.fixture.js';

const work = new ConfigFolder();
afterAll(() => work.remove());

function run(settings: unknown): { code: number; lines: string[] } {
  const path = work.write('valetkey.yaml', JSON.stringify(settings));
  const lines: string[] = [];
  const code = runCheckConfig({ path, env: ENVIRONMENT, print: (line) => lines.push(line) });
  return { code, lines };
}

describe('check-config', () => {
  it('says that all is well: 0', () => {
    const worded = { name: 'photos.read', display_name: 'Read photos' };
    expect(run(validSettings(['scopes.1', worded]))).toEqual({ code: 0, lines: ['configuration is valid'] });
  });

  it('tells what may be a mistake, with its place and the scope, and that it is none for sure: 0', () => {
    const { code, lines } = run(validSettings(['clients.1.scopes', ['view', 'vew', 'photos.read', 'uma_protection']]));
    expect([code, lines]).toEqual([
      0,
      [
        'warning: resource_servers[0].scopes[0]: "photos.read" has no wording in scopes: people are shown this name (line 1)',
        'warning: clients[1].scopes[1]: "vew" has no wording in scopes, nor is it a scope of a resource server: a typing error? (line 1)',
        'configuration is valid',
      ],
    ]);
  });

  it('tells it before the first start, too, when the server has not made its key yet, and after it', () => {
    const path = work.write('valetkey.yaml', JSON.stringify(validSettings()));
    const lines: string[] = [];
    runCheckConfig({ path, env: ENVIRONMENT, print: (line) => lines.push(line) });
    expect(lines.filter((line) => line.startsWith('warning: '))).toHaveLength(1);
    expect(work.load(validSettings()).warnings).toEqual([
      { path: 'resource_servers[0].scopes[0]', message: expect.stringContaining('"photos.read"') as string },
    ]);
  });

  it('keeps what may be a mistake for later while there are mistakes', () => {
    expect(run(validSettings(['issuer', undefined])).lines).toEqual(['issuer: is required']);
  });

  it('prints every problem on a line: 1', () => {
    expect(run(validSettings(['issuer', undefined], ['listen', { port: 0 }]))).toEqual({
      code: 1,
      lines: ['issuer: is required', 'listen.port: must be from 1 to 65535 (line 1)'],
    });
  });

  it('prints a problem of the whole file without a path: 1', () => {
    const lines: string[] = [];
    expect(runCheckConfig({ path: '/nonexistent/valetkey.yaml', env: {}, print: (line) => lines.push(line) })).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^the configuration file \/nonexistent\/valetkey\.yaml does not exist/);
  });
});

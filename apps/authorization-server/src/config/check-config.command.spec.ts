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
    expect(run(validSettings())).toEqual({ code: 0, lines: ['configuration is valid'] });
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

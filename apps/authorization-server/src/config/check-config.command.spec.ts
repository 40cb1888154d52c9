import { checkConfig } from './check-config.command.js';
import { ConfigFolder, ENVIRONMENT, validSettings } from './config.fixture.js';

const work = new ConfigFolder();
afterAll(() => work.remove());

async function check(configPath: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const print = async (line: string) => void lines.push(line);
  const code = await checkConfig.run({ configPath, env: ENVIRONMENT, print, note: print, values: {}, positionals: [] });
  return { code, lines };
}

const run = (settings: unknown) => check(work.write('valetkey.yaml', JSON.stringify(settings)));

describe('check-config', () => {
  it('says of which file that all is well: 0', async () => {
    const german = { 'verb#de': 'ansehen', 'object#de': 'Fotos' };
    const worded = { name: 'photos.read', level: 'see', verb: 'see', object: 'photos', ...german };
    expect(await run(validSettings(['scopes.1', worded]))).toEqual({ code: 0, lines: [`${work.file} is valid`] });
  });

  it('tells what may be a mistake, with its place and the scope, and that it is none for sure: 0', async () => {
    const scopes = ['view', 'vew', 'photos.read', 'uma_protection'];
    const { code, lines } = await run(validSettings(['clients.1.scopes', scopes]));
    expect([code, lines]).toEqual([
      0,
      [
        'warning: resource_servers[0].scopes[0]: "photos.read" has no wording in scopes: people are shown this name (line 1)',
        'warning: clients[1].scopes[1]: "vew" has no wording in scopes, nor is it a scope of a resource server: a typing error? (line 1)',
        `${work.file} is valid`,
      ],
    ]);
  });

  it('G17 tells what owners cannot share, for want of words in a language that people are spoken to in: 0', async () => {
    const half = { name: 'photos.read', verb: 'see', object: 'photos', 'object#de': 'Fotos' };
    const { code, lines } = await run(validSettings(['scopes.1', half]));
    expect([code, lines[0]]).toEqual([
      0,
      'warning: scopes[1]: owners cannot share "photos.read" in the console: it lacks level, verb#de (line 1)',
    ]);
    const named = { name: 'photos.read', display_name: 'Read photos' };
    const english = await run(validSettings(['scopes.1', named], ['pages', { languages: ['en'] }]));
    expect(english.lines[0]).toMatch(/it lacks level, verb#en, object#en \(line 1\)$/);
    const enough = { name: 'photos.read', level: 'see', verb: 'see', object: 'photos' };
    expect((await run(validSettings(['scopes.1', enough], ['pages', { languages: ['en'] }]))).lines).toHaveLength(1);
  });

  it('ux 6: tells of words that owners must not read: 0', async () => {
    const object = 'one two three four five six seven eight nine';
    const german = { 'verb#de': 'ansehen', 'object#de': 'Fotos' };
    const words = { name: 'photos.read', level: 'see', verb: 'read', object, ...german };
    const { code, lines } = await run(validSettings(['scopes.1', words]));
    expect([code, lines.slice(0, 2)]).toEqual([
      0,
      [
        'warning: scopes[1]: object#en of "photos.read": 10 words; owners read nine at most (line 1)',
        'warning: scopes[1]: verb#en of "photos.read": "read" is no word of owners (line 1)',
      ],
    ]);
  });

  it('refuses a scope that has neither a sentence nor a name: 1', async () => {
    const { code, lines } = await run(validSettings(['scopes.1', { name: 'print', verb: 'print' }]));
    expect([code, lines[1]]).toEqual([1, 'scopes[1]: needs a verb and an object, or a display_name (line 1)']);
  });

  it('tells it before the first start, too, when the server has not made its key yet, and after it', async () => {
    const { lines } = await run(validSettings());
    expect(lines.filter((line) => line.startsWith('warning: '))).toHaveLength(1);
    expect(work.load(validSettings()).warnings).toEqual([
      { path: 'resource_servers[0].scopes[0]', message: expect.stringContaining('"photos.read"') as string },
    ]);
  });

  it('keeps what may be a mistake for later while there are mistakes', async () => {
    const { lines } = await run(validSettings(['issuer', undefined]));
    expect(lines.filter((line) => line.startsWith('warning: '))).toEqual([]);
  });

  it('names the file, then prints every problem on a line: 1', async () => {
    expect(await run(validSettings(['issuer', undefined], ['listen', { port: 0 }]))).toEqual({
      code: 1,
      lines: [`${work.file} cannot be used:`, 'issuer: is required', 'listen.port: must be from 1 to 65535 (line 1)'],
    });
  });

  it('names the file that VALETKEY_CONFIG or the working directory gave', async () => {
    const lines: string[] = [];
    const print = async (line: string) => void lines.push(line);
    const env = { ...ENVIRONMENT, VALETKEY_CONFIG: work.file };
    work.write('valetkey.yaml', JSON.stringify(validSettings()));
    await checkConfig.run({ configPath: undefined, env, print, note: print, values: {}, positionals: [] });
    expect(lines.at(-1)).toBe(`${work.file} is valid`);
  });

  it('prints a problem of the whole file without a path: 1', async () => {
    const { code, lines } = await check('/nonexistent/valetkey.yaml');
    expect(code).toBe(1);
    expect(lines).toEqual([
      '/nonexistent/valetkey.yaml cannot be used:',
      expect.stringMatching(/^the file does not exist: copy docs\/valetkey\.example\.yaml there/),
    ]);
  });
});

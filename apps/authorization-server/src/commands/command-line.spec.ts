import type { Invocation } from './command.js';
import { UsageError } from './command.js';
import { helpOf, overview, readCommandLine } from './command-line.js';
import { COMMANDS } from './commands.js';

const read = (...args: string[]) => readCommandLine(args, COMMANDS);
const messageOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return 'no usage error';
};

describe('the command line', () => {
  it.each([
    ['nothing', [], 'serve', undefined],
    ['options only', ['--config', 'x.yaml'], 'serve', 'x.yaml'],
    ['options before the command', ['--config', 'x.yaml', 'migrate'], 'migrate', 'x.yaml'],
    ['options behind it', ['check-config', '--config=x.yaml'], 'check-config', 'x.yaml'],
  ])('%s: a command and its configuration', (_what, args, name, configPath) => {
    expect(read(...args)).toMatchObject({ kind: 'run', command: { name }, configPath, positionals: [] });
  });

  it('gives a command its own options and arguments', () => {
    expect(read('client-secret', 'print-shop')).toMatchObject({ positionals: ['print-shop'], values: {} });
    expect(read('rotate-keys', '--force')).toMatchObject({ values: { force: true } });
    expect(read('connect', '--account', 'help', '--client', 'migrate')).toMatchObject({
      command: { name: 'connect' },
      values: { account: 'help', client: 'migrate' },
    });
  });

  it.each([
    ['an unknown command', ['dance'], 'unknown command "dance"', '[<command>]'],
    ['help about an unknown command', ['help', 'dance'], 'unknown command "dance"', '[<command>]'],
    ['an unknown command with --help', ['dance', '--help'], 'unknown command "dance"', '[<command>]'],
    ['an unknown option', ['serve', '--loud'], "Unknown option '--loud'", '[serve]'],
    ['an unknown option beside --help', ['serve', '--help', '--loud'], "Unknown option '--loud'", '[serve]'],
    ['an option of another command', ['migrate', '--force'], "Unknown option '--force'", 'migrate'],
    ['an option without its value', ['serve', '--config'], "Option '--config <value>' argument missing", '[serve]'],
    ['an argument too many', ['client-secret', 'a', 'b'], 'unexpected argument "b"', 'client-secret <client_id>'],
    ['an argument of a command that has none', ['serve', 'x'], 'unexpected argument "x"', '[serve]'],
  ])('%s is refused with what is wrong and the usage', (_what, args, problem, usage) => {
    const message = messageOf(() => read(...args));
    expect(message.startsWith(`${problem}\nusage: valetkey ${usage}`)).toBe(true);
  });

  it.each([[['--help']], [['-h']], [['help']], [['--config', 'nowhere.yaml', '--help']]])(
    '%j asks for help',
    (args) => {
      expect(read(...args)).toEqual({ kind: 'help', about: undefined });
    },
  );

  it.each(COMMANDS.map(({ name }) => [name]))('%s --help and help %s ask for help about it', (name) => {
    for (const args of [
      [name, '--help'],
      ['--help', name],
      ['help', name],
    ])
      expect(read(...args)).toMatchObject({ kind: 'help', about: { name } });
  });

  it('--version asks for the version, with a command too', () => {
    expect([read('--version'), read('serve', '--version')]).toEqual([{ kind: 'version' }, { kind: 'version' }]);
  });
});

describe('the help', () => {
  it('lists every command and the common options', () => {
    const text = overview(COMMANDS);
    for (const { name, summary } of COMMANDS)
      expect(text).toMatch(new RegExp(`^ {2}${name} +${summary.slice(0, 10)}`, 'm'));
    for (const option of ['--config', '--version', '--help']) expect(text).toContain(`  ${option}`);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s names its usage and options',
    (_name, command) => {
      const text = helpOf(command);
      expect(text).toMatch(new RegExp(`^usage: valetkey \\[?${command.name}`));
      for (const option of Object.keys(command.options)) expect(text).toContain(`--${option}`);
    },
  );
});

describe('what a command needs', () => {
  const invocation = (values: Invocation['values'], positionals: string[] = []): Invocation => ({
    configPath: '/nowhere/valetkey.yaml',
    env: {},
    values,
    positionals,
    print: async () => undefined,
    note: async () => undefined,
  });
  const run = (name: string, given: Invocation) => COMMANDS.find((command) => command.name === name)?.run(given);
  const photos = { account: 'alice', client: 'photo-service', scope: 'x' };

  it.each([
    ['connect', 'without scope', { account: 'alice', client: 'photo-service' }],
    ['connect', 'with an empty scope', { ...photos, scope: '' }],
    ['connect', 'no times', { ...photos, count: '0' }],
    ['connect', 'x times', { ...photos, count: 'x' }],
    ['connect', 'with a file that is missing', { from: '/nowhere/wishes.json' }],
    ['client-secret', 'without client', {}],
  ])('%s %s is not understood, before any configuration is read', async (name, _what, values) => {
    await expect(run(name, invocation(values))).rejects.toThrow(UsageError);
  });
});

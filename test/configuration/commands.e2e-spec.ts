import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeServer } from '../support/engines.js';
import { freePort } from '../support/free-port.mjs';
import { httpFor } from '../support/http.js';
import { runProgram, ServerProcess } from '../support/server-process.js';
import type { Settings } from '../support/world.js';
import { dump, SettingsFolder } from './settings-file.js';

const SECRET = 'a-secret-of-the-print-shop-0123456789';

function settings(port: number, more: Settings = {}): Settings {
  return {
    issuer: `http://127.0.0.1:${port}`,
    listen: { host: '127.0.0.1', port },
    data_directory: './data',
    keys: { encryption_key: { file: './data/key' } },
    clients: [
      {
        client_id: 'print-shop',
        name: 'Print shop',
        type: 'confidential',
        secret: { env: 'SHOP_SECRET' },
        grant_types: ['client_credentials'],
      },
    ],
    ...more,
  };
}

describe('the program', () => {
  let port: number;
  let folder: SettingsFolder | undefined;
  const withFile = async (content: Settings | string) => {
    folder = await SettingsFolder.make(content);
    return folder;
  };
  const run = (...args: string[]) => runProgram(args, { SHOP_SECRET: SECRET });

  beforeEach(async () => void (port = await freePort()));
  afterEach(async () => {
    await folder?.remove();
    folder = undefined;
  });

  describe('with a wrong file', () => {
    const wrong = () => ({
      ...settings(port),
      issuer: 'http://as.example/?q',
      listen: { port: 'eighty' },
      tokens: { access_token_lifetime: '10' },
      database: { type: 'oracle' },
      colour: 'red',
      accounts: [{ id: 'alice', username: 'alice' }],
    });

    it.each(['serve', 'check-config', 'migrate'])(
      '%s names every problem by its path and ends with 1',
      async (command) => {
        const { file, path } = await withFile(wrong());
        const result = await run(command, '--config', file);
        expect(result.code).toBe(1);
        const [first, ...lines] = (result.stdout + result.stderr).trim().split('\n');
        expect(first).toBe(`${file} cannot be used:`);
        for (const member of [
          'issuer',
          'listen.port',
          'tokens.access_token_lifetime',
          'database',
          'colour',
          'accounts',
        ])
          expect(lines.filter((line) => line.includes(member))).not.toEqual([]);
        expect(result.stdout + result.stderr).not.toMatch(/\n\s+at |node_modules/);
        expect(result.stdout + result.stderr).not.toContain(SECRET);
        expect(existsSync(join(path, 'data', 'valetkey.sqlite'))).toBe(false);
        await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
      },
    );

    it.each([
      ['that is no YAML', 'issuer: [', 1],
      ['that is empty', '', 0],
      ['that is a list', '- issuer', 1],
    ])('%s: a problem, no stack', async (_what, text, code) => {
      const { file } = await withFile(text);
      const result = await run('check-config', '--config', file);
      if (code === 1) expect(result.code).toBe(1);
      expect(result.stdout + result.stderr).not.toMatch(/\n\s+at /);
    });

    it('that is missing: says which', async () => {
      const result = await run('serve', '--config', '/nowhere/valetkey.yaml');
      expect(result.code).toBe(1);
      expect(result.stdout + result.stderr).toContain('/nowhere/valetkey.yaml');
    });

    it('whose secret is not in the environment: says which, and shows none', async () => {
      const { file } = await withFile(settings(port));
      const result = await runProgram(['check-config', '--config', file]);
      expect(result.code).toBe(1);
      expect(result.stdout + result.stderr).toContain('clients[0].secret');
      expect(result.stdout + result.stderr).toContain('SHOP_SECRET');
    });
  });

  it('check-config accepts a good file with 0, names it, makes nothing and shows no secret', async () => {
    const { file, path } = await withFile(settings(port));
    const result = await run('check-config', '--config', file);
    expect(result).toEqual({ code: 0, stdout: `${file} is valid\n`, stderr: '' });
    expect(existsSync(join(path, 'data'))).toBe(false);
  });

  it.each([
    ['an unknown command', ['dance'], 'unknown command "dance"', '[<command>]'],
    ['an unknown option', ['serve', '--loud'], "Unknown option '--loud'", '[serve]'],
    ['a command without what it needs', ['client-secret'], 'which client?', 'client-secret <client_id>'],
    [
      'a password as argument',
      ['account-password', 'alice', 'seven'],
      'unexpected argument "seven"',
      'account-password',
    ],
    ['a connection without scope', ['connect', '--account', 'alice'], 'connect: this is not what it takes', 'connect'],
  ])('answers %s with what is wrong, the usage on stderr, and 2', async (_what, args, problem, usage) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`${problem}\nusage: valetkey ${usage}`)).toBe(true);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('--help tells how to use it or one command, does nothing else, and ends with 0; --version likewise', async () => {
    const { file, path } = await withFile(settings(port));
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    for (const [args, start] of [
      [['--help'], 'usage: valetkey [<command>]'],
      [['serve', '--help', '--config', file], 'usage: valetkey [serve]'],
      [['help', 'connect'], 'usage: valetkey connect --account'],
      [['--version'], `${version}\n`],
    ] as const) {
      const { code, stdout, stderr } = await run(...args);
      expect([args, code, stdout.startsWith(start), stderr]).toEqual([args, 0, true, '']);
    }
    expect(existsSync(join(path, 'data'))).toBe(false);
  });

  it('says in one line that its port is taken, and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const { file } = await withFile(settings(port, { log: { level: 'silent' } }));
      const result = await run('serve', '--config', file);
      expect(result).toMatchObject({
        code: 1,
        stderr: `cannot listen on 127.0.0.1:${port}: another program uses this port\n`,
      });
    } finally {
      other.close();
    }
  });

  it('prefers the environment to the file, for the whole server', async () => {
    const { file, path } = await withFile(settings(1, { issuer: 'http://127.0.0.1:1', log: { level: 'silent' } }));
    const issuer = `http://127.0.0.1:${port}`;
    const serve = new ServerProcess(issuer, ['serve'], {
      SHOP_SECRET: SECRET,
      VALETKEY_CONFIG: file,
      VALETKEY_ISSUER: issuer,
      VALETKEY_LISTEN_HOST: '127.0.0.1',
      VALETKEY_LISTEN_PORT: String(port),
      VALETKEY_DATABASE_URL: 'sqlite:./elsewhere.sqlite',
      VALETKEY_DATA_DIRECTORY: './other-data',
      VALETKEY_LOG_LEVEL: 'info',
      VALETKEY_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url'),
    });
    await serve.start();
    try {
      const metadata = (await httpFor(issuer).get('/.well-known/oauth-authorization-server')).json();
      expect(metadata).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
      expect(existsSync(join(path, 'elsewhere.sqlite'))).toBe(true);
      expect(existsSync(join(path, 'data'))).toBe(false);
      expect(serve.log()).toContain('"msg":"ready"');
      expect(serve.log()).not.toContain(SECRET);
    } finally {
      await serve.kill('SIGTERM');
    }
  });
});

const DISABLED = { accounts: [{ id: 'alice', username: 'alice', name: 'Alice', enabled: false }] };

describeServer('commands on the data of a server', { config: DISABLED, isLeftStopped: true }, (server) => {
  it.each([
    [
      'an account that there is not',
      ['nobody', 'photo-service', 'uma_protection'],
      'no enabled account is called nobody',
    ],
    ['a disabled account', ['alice', 'photo-service', 'uma_protection'], 'no enabled account is called alice'],
    ['a client that there is not', ['alice', 'no-client', 'uma_protection'], 'no enabled client is called no-client'],
  ])('connect refuses %s in one line', async (_what, [account = '', client = '', scope = ''], message) => {
    const args = ['connect', '--account', account, '--client', client, '--scope', scope];
    expect(await server().runCommand(args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });

  it('migrate may run again and again', async () => {
    expect(await server().runCommand(['migrate'])).toEqual({
      code: 0,
      stdout: 'the schema is up to date\n',
      stderr: '',
    });
  });
});

const bound = (clientId: string, member: string) => ({
  client_id: clientId,
  name: clientId,
  type: 'public',
  grant_types: ['refresh_token'],
  scopes: ['openid'],
  [member]: true,
});
const BOUND = {
  clients: [
    bound('dpop-app', 'dpop_bound_access_tokens'),
    bound('tls-app', 'tls_client_certificate_bound_access_tokens'),
  ],
  config: {
    http: { trusted_proxies: ['127.0.0.9'] },
    tls: { client_certificate_header: 'Client-Cert' },
  },
};

describeServer('connect', BOUND, (server) => {
  beforeAll(() => server().stop());

  it.each([
    ['dpop-app', 'DPoP key'],
    ['tls-app', 'certificate'],
  ])('DP-09, MB-03 makes no bearer tokens for %s, whose tokens are always bound to a key', async (clientId, key) => {
    const args = ['connect', '--account', 'alice', '--client', clientId, '--scope', 'openid'];
    const message = `${clientId} cannot be connected: its tokens are always bound to its ${key}, which only its own requests show`;
    expect(await server().runCommand(args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
    expect((await dump(server()))['authorization_record']).toEqual([]);
  });

  it.each([
    ['that the client has not', 'authorizations', 'The client may not ask for this scope.'],
    ['that is malformed', 'a"b', 'The scope is malformed.'],
  ])('refuses a scope %s in one line that says who may have what, and connects nobody', async (_what, scope, why) => {
    const args = ['connect', '--account', 'alice', '--client', 'photo-service', '--scope', scope];
    const message =
      `photo-service cannot be connected with the scope ${JSON.stringify(scope)}. ${why} ` +
      'It is registered for: uma_protection introspect';
    expect(await server().runCommand(args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
    expect((await dump(server()))['authorization_record']).toEqual([]);
  });
});

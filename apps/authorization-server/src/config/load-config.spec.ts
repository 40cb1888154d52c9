import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { opaqueKindOf } from '@valetkey/kernel';
import { IDENTITY_SCOPES } from '@valetkey/protocol';

import { ConfigFolder, ENVIRONMENT, PARTNER_KEY, PHOTO_SECRET, validSettings } from './config.fixture.js';
import { loadConfig } from './load-config.js';

let work: ConfigFolder;
beforeEach(() => {
  work = new ConfigFolder();
});
afterEach(() => work.remove());

describe('a complete configuration', () => {
  it('becomes typed, with secrets resolved', () => {
    const config = work.load(validSettings());
    expect(config.clients[0]).toEqual({
      clientId: 'photo-service',
      name: 'Photo service',
      type: 'confidential',
      tokenEndpointAuthMethod: 'client_secret_basic',
      secret: PHOTO_SECRET,
      secretPlace: { env: 'PHOTO_SECRET' },
      grantTypes: ['client_credentials'],
      scopes: ['uma_protection'],
      audiences: [],
      accessTokenFormat: 'opaque',
      // Nothing is said of how it sends its secret.
      metadata: { ...DEFAULT_CLIENT_METADATA, eitherSecretMethod: true },
      enabled: true,
    });
    expect(config.scopes).toEqual([
      {
        name: 'view',
        displayName: { '': 'See the photos', de: 'Fotos ansehen' },
        description: {},
        words: {
          level: 'see',
          texts: { en: { verb: 'see', object: 'photos' }, de: { verb: 'ansehen', object: 'Fotos' } },
        },
      },
    ]);
    expect(config.trustedIssuers).toEqual([
      {
        issuer: 'https://partner.example',
        name: 'Partner',
        jwks: { keys: [PARTNER_KEY] },
        audiences: ['https://as.example'],
        algorithms: ['ES256'],
        maxAge: 3_600_000,
        enabled: true,
      },
    ]);
  });

  it('has the documented defaults when only the issuer is set', () => {
    const { keys, ...config } = work.load('issuer: https://as.example/tenant');
    expect(keys.encryptionKey).toHaveLength(32);
    expect(keys).toMatchObject({ signingAlgorithm: 'ES256', algorithms: ['ES256', 'EdDSA', 'RS256'] });
    expect(keys).toMatchObject({ rotateEvery: 7_776_000_000, publishAhead: 86_400_000 });
    expect(config).toEqual({
      issuer: 'https://as.example/tenant',
      listen: { host: '127.0.0.1', port: 8080 },
      dataDirectory: join(work.folder, 'data'),
      database: { type: 'sqlite', path: join(work.folder, 'data', 'valetkey.sqlite') },
      tokens: {
        accessTokenLifetime: 600_000,
        rptLifetime: 600_000,
        refreshTokenLifetime: 2_592_000_000,
        refreshTokenGrace: 10_000,
        pctLifetime: 2_592_000_000,
        clientSecretOverlap: 604_800_000,
        requireDpopNonce: false,
      },
      authorization: {
        codeLifetime: 60_000,
        deviceCodeLifetime: 600_000,
        devicePollInterval: 5_000,
        pushedRequestLifetime: 90_000,
        requirePushedRequests: false,
        consentDays: [30, 90],
        consentWithoutEnd: false,
        authorizationDetailsTypes: [],
      },
      registration: {
        mode: 'off',
        withToken: {
          scopes: expect.arrayContaining(['openid']) as string[],
          audiences: expect.any(Array) as string[],
          authorizationDetailsTypes: [],
        },
        withoutToken: { scopes: [...IDENTITY_SCOPES], audiences: [], authorizationDetailsTypes: [] },
        clients: 10_000,
        clientsPerNetwork: 20,
        unusedLifetime: 2_592_000_000,
        requireSoftwareStatement: false,
        softwareStatementIssuers: [],
      },
      uma: {
        ticketLifetime: 300_000,
        needInfoTicketLifetime: 600_000,
        submittedTicketLifetime: 259_200_000,
        pollInterval: 5000,
        openRequestsPerOwner: 1000,
        ownerNotices: true,
        ownerNoticeInterval: 3_600_000,
        ownerPage: 'https://as.example/tenant/console/requests',
      },
      signIn: {
        passwordMemory: 19 * 1024 * 1024,
        passwordIterations: 2,
        sessionIdle: 1_800_000,
        sessionLifetime: 43_200_000,
        recentSignIn: 600_000,
        recoveryLinkLifetime: 900_000,
      },
      limits: {
        pushedRequests: 1_000,
        visits: 10_000,
        visitsOfNetwork: 2_000,
        changes: 20,
        changesOfNetwork: 100,
      },
      mail: { from: 'no-reply@as.example', outbox: join(work.folder, 'data', 'outbox') },
      pages: { languages: ['en', 'de'] },
      http: { bodyLimit: 65_536, shutdownTimeout: 10_000, trustedProxies: [] },
      tls: { certificateAuthorities: [], revocationLists: { files: [], found: new Map() }, certificatesArrive: false },
      outbound: { privateNetworks: [] },
      ownerApi: {},
      operators: { accounts: [], maxAuthAge: 900_000 },
      sharing: {
        ...{ defaultDays: 7, applicationDefaultDays: 30, longestDays: 3650 },
        ...{ noEnd: false, directory: 'exact', invitations: false },
      },
      log: { level: 'info', requests: 'errors' },
      jobs: {
        expireEvery: 30_000,
        expireBatch: 500,
        keepEnded: 7_776_000_000,
        keepActivity: 34_560_000_000,
        rotateCheckEvery: 3_600_000,
        notifyEvery: 5_000,
        healthEvery: 30_000,
      },
      scopes: [],
      resourceServers: [],
      clients: [],
      accounts: [],
      trustedIssuers: [],
      warnings: [],
    });
  });

  it('finds the secrets of people and of the mail relay', () => {
    const smtp = { smtp_host: 'mail.example', smtp_username: 'valetkey', smtp_password: { env: 'SMTP' } };
    const accounts = [{ id: 'alice', username: 'alice', name: 'Alice', password: { env: 'ALICE' } }];
    const config = work.load(
      { issuer: 'http://127.0.0.1:8080', mail: smtp, accounts },
      { SMTP: 'relay secret', ALICE: 'seven small boats at sea' },
    );
    expect(config.mail).toMatchObject({
      from: 'no-reply@localhost',
      smtp: { host: 'mail.example', port: 587, security: 'starttls', username: 'valetkey', password: 'relay secret' },
    });
    expect(config.accounts[0]?.password).toBe('seven small boats at sea');
  });

  it('takes an empty member as absent', () => {
    expect(work.load('issuer: https://as.example\nclients:\nlog:\n  level:\n').log.level).toBe('info');
  });

  it('takes anchors and aliases', () => {
    const config = work.load(
      'issuer: https://as.example\nscopes: [{ name: a, display_name: &x Same, description: *x }]',
    );
    expect(config.scopes[0]?.description).toEqual({ '': 'Same' });
  });

  it('gives tags of languages their canonical spelling', () => {
    const config = work.load(
      'issuer: https://as.example\nscopes: [{ name: a, display_name: A, display_name#DE-at: B }]',
    );
    expect(config.scopes[0]?.displayName).toEqual({ '': 'A', 'de-AT': 'B' });
  });

  it('takes a purpose without a tag for one in the first language of the pages', () => {
    const load = (purposes: string) =>
      work.load(
        `issuer: https://as.example\npages: { languages: [de, en] }\nclients: [{ client_id: a, name: A, type: public, ${purposes} }]`,
      ).clients[0]?.metadata.purpose;
    expect(load('purpose: zum Drucken, purpose#EN: to print')).toEqual({ de: 'zum Drucken', en: 'to print' });
    expect(load('purpose: zum Drucken, purpose#de: um zu drucken')).toEqual({ de: 'um zu drucken' });
    expect(load('enabled: true')).toEqual({});
  });
});

describe('the environment', () => {
  it('takes the place of settings', () => {
    const config = work.load(validSettings(), {
      ...ENVIRONMENT,
      VALETKEY_ISSUER: 'https://other.example',
      VALETKEY_LISTEN_HOST: '::',
      VALETKEY_LISTEN_PORT: '9090',
      VALETKEY_LOG_LEVEL: 'debug',
      VALETKEY_DATA_DIRECTORY: 'elsewhere',
      VALETKEY_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url'),
    });
    expect(config).toMatchObject({
      issuer: 'https://other.example',
      listen: { host: '::', port: 9090 },
      log: { level: 'debug' },
    });
    expect(config.dataDirectory).toBe(join(work.folder, 'elsewhere'));
    expect(config.database).toEqual({ type: 'sqlite', path: join(work.folder, 'elsewhere', 'valetkey.sqlite') });
    expect(config.keys.encryptionKey).toEqual(Buffer.alloc(32, 7));
  });

  it('names another SQLite file', () => {
    const config = work.load('issuer: https://as.example', { VALETKEY_DATABASE_URL: 'sqlite:other.sqlite' });
    expect(config.database).toEqual({ type: 'sqlite', path: join(work.folder, 'other.sqlite') });
  });

  it('leads to PostgreSQL, and size of the pool and time-out stay', () => {
    const url = 'postgres://user:a-password@db.example/valetkey';
    const key = Buffer.alloc(32).toString('base64url');
    const database = { type: 'postgres', url: { env: 'ELSEWHERE' }, pool: 3, query_timeout: '2s' };
    const file = { issuer: 'https://as.example', database };
    const env = { VALETKEY_DATABASE_URL: url, VALETKEY_KEY_ENCRYPTION_KEY: key };
    expect(work.load(file, env).database).toEqual({ type: 'postgres', url, pool: 3, queryTimeout: 2_000 });
    expect(work.load({ issuer: file.issuer }, env).database).toEqual({
      type: 'postgres',
      url,
      pool: 10,
      queryTimeout: 10_000,
    });
  });

  it('counts as absent when it is empty', () => {
    expect(work.load(validSettings(), { ...ENVIRONMENT, VALETKEY_ISSUER: '' }).issuer).toBe('https://as.example');
  });

  it('is named in the problem that comes from it', () => {
    expect(work.problemsOf(validSettings(), { ...ENVIRONMENT, VALETKEY_LISTEN_PORT: 'http' })).toEqual([
      'listen.port: must be a whole number (from VALETKEY_LISTEN_PORT)',
    ]);
  });

  it('names the file to read', () => {
    work.write('other.yaml', 'issuer: https://other.example');
    const result = loadConfig({ env: { VALETKEY_CONFIG: join(work.folder, 'other.yaml') }, createMissing: true });
    expect(result).toMatchObject({ config: { issuer: 'https://other.example' } });
  });
});

describe('missing secret files', () => {
  it('are made with 256 random bits for their owner alone, and are the same at the next start', () => {
    const first = work.load(validSettings());
    const secret = first.clients[1]?.secret ?? '';
    expect(opaqueKindOf(secret)).toBe('cs');
    expect(statSync(join(work.folder, 'print-shop.secret')).mode & 0o777).toBe(0o600);
    expect(statSync(join(work.folder, 'data', 'key-encryption-key')).mode & 0o777).toBe(0o600);
    const second = work.load(validSettings());
    expect(second.clients[1]?.secret).toBe(secret);
    expect(second.keys.encryptionKey).toEqual(first.keys.encryptionKey);
  });

  it('are not made when anything else is wrong', () => {
    work.write('valetkey.yaml', JSON.stringify(validSettings(['issuer', 'wrong'])));
    const result = loadConfig({ path: work.file, env: ENVIRONMENT, createMissing: true });
    expect(result).toEqual({
      file: work.file,
      problems: [{ path: 'issuer', message: expect.any(String) as string }],
    });
    expect(readdirSync(work.folder)).toEqual(['valetkey.yaml']);
  });

  it('are problems when they may not be made, and are not made', () => {
    work.write('valetkey.yaml', JSON.stringify(validSettings()));
    const result = loadConfig({ path: work.file, env: ENVIRONMENT, createMissing: false });
    expect(result).toMatchObject({
      problems: [{ path: 'keys.encryption_key.file' }, { path: 'clients[1].secret.file' }],
    });
    expect(readdirSync(work.folder)).toEqual(['valetkey.yaml']);
  });

  it('are no problem to check-config, which writes nothing', () => {
    expect(work.problemsOf(validSettings())).toEqual([]);
    expect(readdirSync(work.folder)).toEqual(['valetkey.yaml']);
  });

  it('are told when they cannot be made', () => {
    work.write('data', 'a file where a folder must be');
    work.write('valetkey.yaml', 'issuer: https://as.example');
    const result = loadConfig({ path: work.file, env: {}, createMissing: true });
    expect(result).toMatchObject({ problems: [{ path: 'keys.encryption_key.file' }] });
  });
});

describe('several mistakes', () => {
  it('are all listed, with their paths and lines', () => {
    const text = [
      'issuer: http://as.example/',
      'listen: { port: 0 }',
      'surprise: 1',
      'clients:',
      '  - client_id: one',
      '    name: 5',
      '    type: public',
      '    grant_types: [client_credentials]',
      '    audiences: ["https://nobody.example"]',
      '  - client_id: one',
      '    name: Two',
      '    type: secretive',
    ].join('\n');
    expect(work.problemsOf(text)).toEqual([
      'surprise: is not a known setting (line 3)',
      'issuer: must use https; http is allowed on loopback hosts only (line 1)',
      'listen.port: must be from 1 to 65535 (line 2)',
      'clients[0].name: must be text; put it in quotes (line 6)',
      'clients[1].type: must be one of confidential, public (line 12)',
      'clients[1].client_id: is the client_id of another client (line 10)',
      'clients[0].grant_types[0]: is not for public clients, which cannot authenticate (RFC 6749 section 4.4) (line 8)',
      'clients[0].audiences[0]: is not the resource of one of resource_servers (line 9)',
    ]);
  });

  it('never show a secret, wherever it was put', () => {
    const secret = 'Hunter2-Hunter2-Hunter2-Hunter2-Hunter2';
    const settings = validSettings(
      ['issuer', `https://user:${secret}@as.example`],
      ['log', { level: secret }],
      ['tokens', { rpt_lifetime: secret }],
      ['http', { body_limit: secret }],
      ['database', { type: 'postgres', url: `postgres://u:${secret}@h/d` }],
      ['keys', { encryption_key: { [secret]: secret }, algorithms: [secret] }],
      ['clients.0.secret', secret],
      ['clients.1.secret', { env: secret }],
      ['clients.1.scopes', [`${secret} `]],
      [
        'clients.2',
        { client_id: 'x', name: 'X', type: 'confidential', secret: { env: 'SHORT' }, grant_types: [secret] },
      ],
      ['clients.2.jwks', { keys: [{ kty: 'oct', k: secret }] }],
      ['trusted_issuers.0.jwks.keys', [{ ...PARTNER_KEY, d: secret }]],
    );
    const problems = work.problemsOf(settings, { ...ENVIRONMENT, SHORT: 'Hunter2', VALETKEY_LISTEN_PORT: secret });
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.join('\n')).not.toContain('Hunter2');
  });

  it.each([
    ['a wrong quote', 'issuer: "Hunter2'],
    ['a wrong alias', 'issuer: *Hunter2'],
    ['text behind the document', 'issuer: "x"\n"Hunter2" Hunter2'],
    ['a tag', 'issuer: !Hunter2 x'],
    ['nothing but text', 'Hunter2'],
  ])('never show the text of a file that is not correct YAML: %s', (_case, text) => {
    const problems = work.problemsOf(text);
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).not.toContain('Hunter2');
  });
});

describe('a path that cannot be a file', () => {
  it('is told as such', () => {
    mkdirSync(work.file);
    const result = loadConfig({ path: work.file, env: {}, createMissing: true });
    expect(result).toMatchObject({
      problems: [{ path: '', message: expect.stringContaining('is not a file') as string }],
    });
  });
});

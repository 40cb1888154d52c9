import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { formatProblem } from './check-config.command.js';
import type { Config } from './config.js';
import { checkConfig, loadConfig } from './load-config.js';

export const PARTNER_KEY = publicKey('ec', { kid: 'partner-1' });

/** A fresh public key in JWK form. */
export function publicKey(kind: 'ec' | 'rsa', members: object = {}): Record<string, unknown> {
  const { publicKey: key } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...key.export({ format: 'jwk' }), ...members };
}

/**
 * A valid configuration with one of everything, and changes to it: a path such as `clients.1.secret` and the value to put
 * there (`undefined` takes the member out).
 */
export function validSettings(
  ...changes: readonly (readonly [path: string, value: unknown])[]
): Record<string, unknown> {
  const settings = completeSettings();
  for (const [path, value] of changes) {
    const members = path.split('.');
    const last = members.pop() ?? '';
    const parent = members.reduce<Record<string, unknown>>(
      (node, member) => (node[member] ??= {}) as Record<string, unknown>,
      settings,
    );
    parent[last] = value;
  }
  return settings;
}

/** Worded both ways, as a sentence and by a name. */
const VIEW = {
  name: 'view',
  level: 'see',
  verb: 'see',
  'verb#de': 'ansehen',
  object: 'photos',
  'object#de': 'Fotos',
  display_name: 'See the photos',
  'display_name#de': 'Fotos ansehen',
};

function completeSettings(): Record<string, unknown> {
  return {
    issuer: 'https://as.example',
    scopes: [{ ...VIEW }],
    resource_servers: [
      {
        client_id: 'photo-service',
        resource: 'https://photos.example',
        name: 'Photo service',
        scopes: ['photos.read'],
      },
    ],
    clients: [
      {
        client_id: 'photo-service',
        name: 'Photo service',
        type: 'confidential',
        secret: { env: 'PHOTO_SECRET' },
        grant_types: ['client_credentials'],
        scopes: ['uma_protection'],
      },
      {
        client_id: 'print-shop',
        name: 'Print shop',
        type: 'confidential',
        token_endpoint_auth_method: 'client_secret_post',
        secret: { file: 'print-shop.secret' },
        grant_types: ['refresh_token'],
        audiences: ['https://photos.example'],
      },
    ],
    accounts: [
      {
        id: 'alice',
        username: 'alice',
        name: 'Alice',
        identities: [{ issuer: 'https://partner.example', subject: 'a7' }],
      },
      { id: 'bob', username: 'bob', name: 'Bob' },
    ],
    trusted_issuers: [{ issuer: 'https://partner.example', name: 'Partner', jwks: { keys: [PARTNER_KEY] } }],
  };
}

export const PHOTO_SECRET = 'photo-service-secret-0123456789-0123456789';
export const ENVIRONMENT: NodeJS.ProcessEnv = { PHOTO_SECRET };

/** A temporary folder with a configuration file in it. */
export class ConfigFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'valetkey-config-'));

  get file(): string {
    return join(this.folder, 'valetkey.yaml');
  }

  /** Writes another file into the folder and returns its path. */
  write(name: string, content: string | Buffer, mode = 0o600): string {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode });
    return path;
  }

  /** Problems of these settings (an object, or the text of the file), one a line, as `check-config` prints them. */
  problemsOf(settings: unknown, env: NodeJS.ProcessEnv = ENVIRONMENT): string[] {
    this.write(
      'valetkey.yaml',
      typeof settings === 'string' || Buffer.isBuffer(settings) ? settings : JSON.stringify(settings),
    );
    return checkConfig({ path: this.file, env }).problems.map(formatProblem);
  }

  /** The configuration of these settings; throws when there are problems. */
  load(settings: unknown, env: NodeJS.ProcessEnv = ENVIRONMENT): Config {
    this.write('valetkey.yaml', typeof settings === 'string' ? settings : JSON.stringify(settings));
    const result = loadConfig({ path: this.file, env, createMissing: true });
    if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
    return result.config;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

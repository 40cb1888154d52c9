import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { DEMO_ACCOUNTS, typablePassword } from '../accounts.js';
import { Connection } from '../connection.js';
import { readPrivateFile, writePrivateFile } from '../private-file.js';
import type { DemoSettings } from '../settings.js';
import { filledIn } from './demo-config.js';
import { serverCommand } from './server-command.js';

/** The clients that alice has said yes to before the story begins. */
const CONNECTIONS = [
  { client: 'photo-service', scope: 'uma_protection' },
  { client: 'owner-app', scope: 'authorizations authorizations.write' },
];

/** Makes what is missing and leaves alone what is there: at a first start everything, at a second nothing but the config. */
export async function prepare(settings: DemoSettings): Promise<void> {
  const { files } = settings;
  for (const path of [files.ownerKey, files.partnerApiKey, files.shopCookieKey]) {
    if (readPrivateFile(path) === undefined) writePrivateFile(path, randomBytes(32).toString('base64url'));
  }
  for (const path of DEMO_ACCOUNTS.map(({ username }) => files.password(username))) {
    if (readPrivateFile(path) === undefined) writePrivateFile(path, typablePassword());
  }
  await makePartnerKey(settings);
  writePrivateFile(files.config, filledIn(settings));
  await serverCommand(files.config, ['migrate']);
  for (const { client, scope } of CONNECTIONS) await connect(settings, client, scope);
}

/** The partner's key pair. Only the public half is known to the server. */
async function makePartnerKey({ files }: DemoSettings): Promise<void> {
  if (readPrivateFile(files.partnerPrivateKey) === undefined) {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex') };
    writePrivateFile(files.partnerPrivateKey, JSON.stringify(jwk));
  }
  const { kty, crv, x, y, kid } = JSON.parse(readFileSync(files.partnerPrivateKey, 'utf8')) as Record<string, string>;
  writePrivateFile(files.partnerJwks, JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] }));
}

async function connect({ files }: DemoSettings, client: string, scope: string): Promise<void> {
  const connection = new Connection(files.connection(client));
  if (connection.exists) return;
  const printed = await serverCommand(files.config, [
    'connect',
    '--account',
    'alice',
    '--client',
    client,
    '--scope',
    scope,
  ]);
  const answer = JSON.parse(printed) as { refresh_token?: string; scope?: string };
  if (answer.refresh_token === undefined) throw new Error(`The connection of alice and ${client} has no refresh token`);
  connection.save(answer.refresh_token, answer.scope);
}

import { dirname, join } from 'node:path';

import type { Config, ConfigProblem } from './config.js';
import { buildConfig } from './config-builder.js';
import type { ResolvedParts } from './config-builder.js';
import { formatPath, ProblemList } from './problem-list.js';
import type { FoundProblem } from './problem-list.js';
import { checkAccounts } from './rules/accounts.rules.js';
import { checkClients } from './rules/clients.rules.js';
import { checkResourceServers } from './rules/resource-servers.rules.js';
import { adviseOnScopes, checkScopes } from './rules/scopes.rules.js';
import { checkServer } from './rules/server.rules.js';
import { checkSignIn } from './rules/sign-in.rules.js';
import { checkTrustedIssuers } from './rules/trusted-issuers.rules.js';
import type { SecretReference } from './schema/secret-reference.schema.js';
import type { Settings, SettingsDraft } from './schema/settings.schema.js';
import {
  accountPassword,
  CLIENT_SECRET,
  DATABASE_URL,
  decodeEncryptionKey,
  EMBEDDED_ENCRYPTION_KEY,
  SHARED_ENCRYPTION_KEY,
  SMTP_PASSWORD,
} from './secrets/secret-content.js';
import { SecretResolver } from './secrets/secret-resolver.js';
import type { MissingSecrets } from './secrets/secret-resolver.js';
import { readCertificateAuthorities } from './source/certificates-file.js';
import { configFilePath, readConfigFile } from './source/config-file.js';
import type { ConfigFile } from './source/config-file.js';
import { checkServerCertificate } from './source/server-certificate.js';
import { applyEnvironment } from './source/environment.js';
import type { EnvironmentOverride } from './source/environment.js';
import { adviseOnRevocationLists, findRevocationLists } from './source/revocation-list-files.js';
import { readKeySets } from './source/jwks-file.js';
import { readSettings } from './source/settings-reader.js';

export interface LoadConfigOptions {
  /** File to read; without it `VALETKEY_CONFIG`, else `valetkey.yaml` in the working directory. */
  readonly path?: string;
  /** The environment; nothing else reads it. */
  readonly env: NodeJS.ProcessEnv;
  /** Makes secret files that do not exist yet, where the server may. Otherwise their absence is a problem. */
  readonly createMissing: boolean;
}

/** What stands in the way of a start, and in which file. */
export interface FoundProblems {
  /** Absolute path of the configuration file. */
  readonly file: string;
  /** Empty when nothing does. */
  readonly problems: ConfigProblem[];
}

/** The same, with what may be a mistake and stops nothing. */
export interface CheckedConfig extends FoundProblems {
  readonly warnings: ConfigProblem[];
}

/**
 * Reads, completes and checks the configuration. Gives all problems at once, ordered as they were found; none of their
 * texts holds a secret. Writes nothing but missing secret files, and these only when there is no problem. Of several
 * processes that make the same file at once all get the same secret.
 */
export function loadConfig(options: LoadConfigOptions): { config: Config } | FoundProblems {
  const { config, file, problems } = load(options.path, options.env, options.createMissing ? 'create' : 'refuse');
  return config === undefined ? { file, problems } : { config };
}

/**
 * The problems that would stop the start, and what may be a mistake; both empty when all is well. A secret file that the start
 * would make is no problem. Writes nothing.
 */
export function checkConfig(options: Pick<LoadConfigOptions, 'path' | 'env'>): CheckedConfig {
  return load(options.path, options.env, 'accept');
}

function load(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  missing: MissingSecrets,
): CheckedConfig & { config?: Config } {
  const problems = new ProblemList();
  const file = readConfigFile(configFilePath(given, env), problems);
  // What stands in a file that cannot be read is unknown: its rules would only tell what is not so.
  if (!problems.isEmpty) return { file: file.path, problems: locate(problems.all, file, []), warnings: [] };
  const folder = dirname(file.path);
  const { members, used } = applyEnvironment(file.members, env);
  const draft = readSettings(members, problems);
  const keySets = readKeySets(draft, folder, problems);
  const certificateAuthorities = readCertificateAuthorities(draft, folder, problems);
  const revocationLists = findRevocationLists(draft, { folder, authorities: certificateAuthorities }, problems);
  checkServerCertificate(draft, folder, problems);
  checkServer(draft, problems);
  checkResourceServers(draft, problems);
  checkScopes(draft, problems);
  checkClients(draft, problems);
  checkAccounts(draft, problems);
  checkSignIn(draft, problems);
  checkTrustedIssuers(draft, keySets, problems);
  const resolver = new SecretResolver({ env, folder, missing }, problems);
  const secrets = findSecrets(draft, resolver);
  if (problems.isEmpty) resolver.createMissing();
  const { encryptionKey, ...others } = secrets;
  if (!problems.isEmpty) return { file: file.path, problems: locate(problems.all, file, used), warnings: [] };
  const warnings = locate(adviceOn(draft, { certificateAuthorities, revocationLists }), file, used);
  if (encryptionKey === undefined) return { file: file.path, problems: [], warnings };
  // Without problems every member was read, so the draft is complete.
  const settings = draft as Settings;
  const parts = { ...others, folder, encryptionKey, keySets, certificateAuthorities, revocationLists, warnings };
  return {
    config: buildConfig(settings, parts),
    file: file.path,
    problems: [],
    warnings,
  };
}

function adviceOn(
  draft: SettingsDraft,
  { certificateAuthorities, revocationLists }: Pick<ResolvedParts, 'certificateAuthorities' | 'revocationLists'>,
): readonly FoundProblem[] {
  const found = new ProblemList();
  adviseOnScopes(draft, found);
  adviseOnRevocationLists(revocationLists, certificateAuthorities, found);
  return found.all;
}

interface FoundSecrets {
  encryptionKey: Buffer | undefined;
  databaseUrl: string | undefined;
  smtpPassword: string | undefined;
  readonly clientSecrets: Map<number, string>;
  readonly accountPasswords: Map<number, string>;
}

function findSecrets(draft: SettingsDraft, resolver: SecretResolver): FoundSecrets {
  const found: FoundSecrets = {
    encryptionKey: undefined,
    databaseUrl: undefined,
    smtpPassword: undefined,
    clientSecrets: new Map(),
    accountPasswords: new Map(),
  };
  const { url } = draft.database;
  if (url !== undefined) {
    resolver.resolve({ path: ['database', 'url'], reference: url, kind: DATABASE_URL }, (secret) => {
      found.databaseUrl = secret;
    });
  }
  const reference = encryptionKeyReference(draft);
  if (reference !== undefined) {
    const kind = draft.database.type === 'sqlite' ? EMBEDDED_ENCRYPTION_KEY : SHARED_ENCRYPTION_KEY;
    resolver.resolve({ path: ['keys', 'encryption_key'], reference, kind }, (secret) => {
      found.encryptionKey = decodeEncryptionKey(secret);
    });
  }
  findSecretsOfPeople(draft, resolver, found);
  draft.clients.forEach(({ secret: clientReference }, index) => {
    if (clientReference === undefined) return;
    resolver.resolve(
      { path: ['clients', index, 'secret'], reference: clientReference, kind: CLIENT_SECRET },
      (secret) => {
        found.clientSecrets.set(index, secret);
      },
    );
  });
  return found;
}

function findSecretsOfPeople({ mail, accounts }: SettingsDraft, resolver: SecretResolver, found: FoundSecrets): void {
  if (mail.smtp_password !== undefined) {
    const setting = { path: ['mail', 'smtp_password'], reference: mail.smtp_password, kind: SMTP_PASSWORD };
    resolver.resolve(setting, (secret) => {
      found.smtpPassword = secret;
    });
  }
  accounts.forEach(({ password: reference, id, username, name, email }, index) => {
    if (reference === undefined) return;
    const kind = accountPassword([id, username, name, email].filter((one) => one !== undefined));
    resolver.resolve({ path: ['accounts', index, 'password'], reference, kind }, (secret) => {
      found.accountPasswords.set(index, secret);
    });
  });
}

function encryptionKeyReference({
  keys,
  database,
  data_directory: folder,
}: SettingsDraft): SecretReference | undefined {
  if (keys.encryption_key !== undefined) return keys.encryption_key;
  return database.type === 'sqlite' && folder !== undefined ? { file: join(folder, 'key-encryption-key') } : undefined;
}

/** Adds the line of the file, or the variable of the environment, that a problem comes from. */
function locate(
  found: readonly FoundProblem[],
  file: ConfigFile,
  used: readonly EnvironmentOverride[],
): ConfigProblem[] {
  return found.map(({ path, message }) => {
    const override = used.find((one) => one.path.every((part, index) => path[index] === part));
    const line = override === undefined ? file.lineOf(path) : undefined;
    const origin = override === undefined ? line && `line ${String(line)}` : `from ${override.variable}`;
    return { path: formatPath(path), message: origin === undefined ? message : `${message} (${origin})` };
  });
}

import type { SettingPath } from '../problem-list.js';

/** A variable of the environment that takes the place of a setting of the file. */
export interface EnvironmentOverride {
  readonly variable: string;
  readonly path: SettingPath;
  /** What the setting becomes, in the form the file would give it. Secrets become references to the variable. */
  readonly read: (value: string) => unknown;
}

const asText = (value: string): unknown => value;
// Anything but digits stays text, which the schema refuses with the right words.
const asNumber = (value: string): unknown => (/^\d{1,9}$/.test(value) ? Number(value) : value);

function asDatabase(value: string): unknown {
  const path = /^sqlite:(?<path>.*)$/s.exec(value)?.groups?.['path'];
  return path === undefined ? { type: 'postgres', url: { env: 'VALETKEY_DATABASE_URL' } } : { type: 'sqlite', path };
}

/** All overrides; an empty variable counts as not set. */
export const ENVIRONMENT_OVERRIDES: readonly EnvironmentOverride[] = [
  { variable: 'VALETKEY_ISSUER', path: ['issuer'], read: asText },
  { variable: 'VALETKEY_LISTEN_HOST', path: ['listen', 'host'], read: asText },
  { variable: 'VALETKEY_LISTEN_PORT', path: ['listen', 'port'], read: asNumber },
  { variable: 'VALETKEY_DATA_DIRECTORY', path: ['data_directory'], read: asText },
  { variable: 'VALETKEY_DATABASE_URL', path: ['database'], read: asDatabase },
  {
    variable: 'VALETKEY_KEY_ENCRYPTION_KEY',
    path: ['keys', 'encryption_key'],
    read: () => ({ env: 'VALETKEY_KEY_ENCRYPTION_KEY' }),
  },
  { variable: 'VALETKEY_LOG_LEVEL', path: ['log', 'level'], read: asText },
];

/** Members of the file with the environment's values in their places. */
export interface MergedMembers {
  readonly members: Readonly<Record<string, unknown>>;
  /** The overrides that were used. */
  readonly used: readonly EnvironmentOverride[];
}

/** Puts the environment over the file. Neither is changed. A group that is not a group in the file is left for the reader to refuse. */
export function applyEnvironment(members: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): MergedMembers {
  const merged: Record<string, unknown> = { ...members };
  const used: EnvironmentOverride[] = [];
  for (const override of ENVIRONMENT_OVERRIDES) {
    const value = env[override.variable];
    if (value === undefined || value === '' || !place(merged, override, value)) continue;
    used.push(override);
  }
  return { members: merged, used };
}

function place(merged: Record<string, unknown>, { path, read }: EnvironmentOverride, value: string): boolean {
  const [group, member] = path.map(String);
  if (group === undefined) return false;
  if (member === undefined) {
    merged[group] = group === 'database' ? keepUse(merged[group], read(value)) : read(value);
    return true;
  }
  const present = merged[group] ?? {};
  if (typeof present !== 'object' || Array.isArray(present)) return false;
  merged[group] = { ...present, [member]: read(value) };
  return true;
}

/** How the database is used belongs to the installation, not to the address: it stays when only the address is replaced. */
function keepUse(present: unknown, replacement: unknown): unknown {
  if (!isPostgres(present) || !isPostgres(replacement)) return replacement;
  const { pool, query_timeout } = present;
  return { ...replacement, ...(pool !== undefined && { pool }), ...(query_timeout !== undefined && { query_timeout }) };
}

function isPostgres(value: unknown): value is { type: 'postgres'; pool?: unknown; query_timeout?: unknown } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'postgres';
}

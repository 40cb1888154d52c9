import { annotatedJsonSchema, settingsJsonSchema } from './json-schema.js';
import type { SettingsJsonSchema } from './json-schema.js';
import { formatPath } from './problem-list.js';
import { ENVIRONMENT_OVERRIDES } from './source/environment.js';

/** One row of the settings reference. */
interface SettingRow {
  readonly path: string;
  readonly type: string;
  readonly default: string;
  readonly variable: string;
  readonly meaning: string;
}

const INTRODUCTION = `# Settings

<!-- Generated from the schemas in apps/authorization-server/src/config by tools/generate-settings.mjs. Do not edit. -->

The server reads one YAML file: the one given with \`--config\`, else the one that \`VALETKEY_CONFIG\` names, else
\`valetkey.yaml\` in the working directory. [valetkey.example.yaml](valetkey.example.yaml) is an example to begin with,
[valetkey.schema.json](valetkey.schema.json) lets editors complete and check it, and \`valetkey check-config\` lists every
mistake without starting the server.

- Durations carry their unit: \`500ms\`, \`30s\`, \`10m\`, \`12h\`, \`30d\`. So do sizes: \`64KiB\`, \`1MiB\`.
- A variable of the environment, where the table names one, takes the place of the setting. An empty one counts as not set.
- Relative paths begin at the folder of the file, those from the environment too.
- Secrets never stand in the file. It says where they are: \`{ file: PATH }\` or \`{ env: NAME }\`. A secret file must be
  readable by its owner alone (mode 0600). A missing file of a client secret, or of the key-encryption key of the embedded
  store, is made at the first start.
- \`VALETKEY_DATABASE_URL\` replaces the whole group \`database\` (pool size and time-out for PostgreSQL stay): \`sqlite:PATH\` or
  \`postgres://user:password@host:5432/database\`.
- Unknown members are mistakes.
`;

/** `docs/settings.md`: every setting with its type, default, variable and meaning, one table a group. */
export function renderSettingsReference(): string {
  const properties = annotatedJsonSchema().properties ?? {};
  const required = annotatedJsonSchema().required ?? [];
  const isGroup = (schema: SettingsJsonSchema) => schema.properties !== undefined || schema.items !== undefined;
  const single = Object.entries(properties).filter(([, schema]) => !isGroup(schema));
  const groups = Object.entries(properties).filter(([, schema]) => isGroup(schema));
  const sections = groups.map(
    ([name, schema]) => `## ${name}\n\n${schema.description ?? ''}\n\n${table(rowsBelow(schema, name))}`,
  );
  const server = single.map(([name, schema]) => toRow(schema, name, required.includes(name)));
  return [INTRODUCTION, `## server\n\n${table(server)}`, ...sections].join('\n');
}

/** `docs/valetkey.schema.json`. */
export function renderJsonSchema(): string {
  return `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`;
}

/** The generated documents, by their name in `docs/`. */
export function renderSettingsDocuments(): Readonly<Record<string, string>> {
  return { 'settings.md': renderSettingsReference(), 'valetkey.schema.json': renderJsonSchema() };
}

function rowsBelow(schema: SettingsJsonSchema, path: string): SettingRow[] {
  const isList = schema.items?.properties !== undefined;
  const members = isList ? schema.items : schema;
  const prefix = isList ? `${path}[]` : path;
  return Object.entries(members?.properties ?? {}).flatMap(([name, member]) => {
    const below = `${prefix}.${name}`;
    const row = toRow(member, below, members?.required?.includes(name) === true);
    return isNested(member) ? [row, ...rowsBelow(member, below)] : [row];
  });
}

/** Key sets are a standard of their own (RFC 7517), and secret references are explained once. */
function isNested(schema: SettingsJsonSchema): boolean {
  const isStandardObject = schema.valueType !== undefined || schema.oneRequired !== undefined;
  return !isStandardObject && (schema.properties !== undefined || schema.items?.properties !== undefined);
}

function toRow(schema: SettingsJsonSchema, path: string, isRequired: boolean): SettingRow {
  return {
    path: `\`${path}\``,
    type: typeOf(schema),
    default: isRequired ? 'required' : defaultOf(schema),
    variable: variableFor(path),
    meaning: schema.description ?? '',
  };
}

function typeOf(schema: SettingsJsonSchema): string {
  if (schema.oneRequired !== undefined)
    return `secret: ${schema.oneRequired.map((name) => `\`${name}\``).join(' or ')}`;
  if (schema.valueType !== undefined) return schema.valueType;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.items !== undefined)
    return schema.items.properties === undefined ? `list of: ${typeOf(schema.items)}` : 'list';
  return schema.type === 'boolean' ? '`true`, `false`' : (schema.type ?? '');
}

function defaultOf(schema: SettingsJsonSchema): string {
  if (schema.defaultText !== undefined) return schema.defaultText;
  if (schema.default === undefined) return '–';
  if (!Array.isArray(schema.default)) return `\`${String(schema.default)}\``;
  return schema.default.length === 0 ? 'none' : `\`[${schema.default.map(String).join(', ')}]\``;
}

function variableFor(path: string): string {
  const override = ENVIRONMENT_OVERRIDES.find((one) => formatPath(one.path) === path);
  if (override !== undefined) return `\`${override.variable}\``;
  return /^database\.(type|path|url)$/.test(path) ? '`VALETKEY_DATABASE_URL`' : '';
}

function table(rows: readonly SettingRow[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const lines = rows.map(
    (row) => `| ${[row.path, row.type, row.default, row.variable, row.meaning].map(cell).join(' | ')} |`,
  );
  return [
    '| setting | value | default | environment | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

import type { z } from 'zod';

import type { ProblemList, SettingPath } from '../problem-list.js';
import { GROUP_SCHEMAS, LIST_LIMITS, LIST_SCHEMAS, VALUE_SCHEMAS } from '../schema/settings.schema.js';
import { TAGGED_CLIENT_MEMBERS } from '../schema/clients.schema.js';
import { TAGGED_SCOPE_MEMBERS } from '../schema/scopes.schema.js';
import type { SettingsDraft, TaggedTexts } from '../schema/settings.schema.js';
import { describeIssue } from './issue-text.js';
import { splitTagged } from './tagged-wording.js';

type Members = Readonly<Record<string, unknown>>;
/** Lists whose entries have texts in several languages, and where those go. */
const TAGGED: Readonly<
  Record<string, { readonly to: string; readonly schemas: Readonly<Record<string, z.ZodType<string>>> }>
> = {
  scopes: { to: 'wording', schemas: TAGGED_SCOPE_MEMBERS },
  clients: { to: 'purposes', schemas: TAGGED_CLIENT_MEMBERS },
};

type ObjectSchema = z.ZodObject<Readonly<Record<string, z.ZodType>>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Goes through the file member by member, so that a mistake in one never hides another, and the rules across settings
 * still see everything that could be read.
 */
export function readSettings(members: Members, problems: ProblemList): SettingsDraft {
  const known = { ...VALUE_SCHEMAS, ...GROUP_SCHEMAS, ...LIST_SCHEMAS };
  refuseUnknown(members, Object.keys(known), [], problems);
  const draft: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(VALUE_SCHEMAS)) {
    draft[name] = readValue(schema, members[name], [name], problems);
  }
  for (const [name, schema] of Object.entries(GROUP_SCHEMAS)) {
    draft[name] = readObject(schema, members[name] ?? {}, [name], problems);
  }
  for (const [name, schema] of Object.entries(LIST_SCHEMAS)) {
    const { items, texts } = readList(name as keyof typeof LIST_SCHEMAS, schema, members[name], problems);
    draft[name] = items;
    const tagged = TAGGED[name];
    if (tagged) draft[tagged.to] = texts;
  }
  // The keys and the values were just made from the schemas that the type is derived from.
  return draft as unknown as SettingsDraft;
}

function readList(name: keyof typeof LIST_SCHEMAS, schema: ObjectSchema, value: unknown, problems: ProblemList) {
  const texts: TaggedTexts<string>[] = [];
  const tagged = TAGGED[name];
  const list: unknown = value ?? [];
  if (!Array.isArray(list)) {
    problems.add([name], 'must be a list');
    return { items: [], texts };
  }
  if (list.length > LIST_LIMITS[name]) {
    problems.add([name], `must not have more than ${String(LIST_LIMITS[name])} entries`);
    return { items: [], texts };
  }
  const items = list.map((item: unknown, index) => {
    if (!tagged || !isMembers(item)) return readObject(schema, item, [name, index], problems);
    const split = splitTagged(item, tagged.schemas, [name, index], problems);
    texts.push(split.texts);
    return readObject(schema, split.untagged, [name, index], problems);
  });
  return { items, texts };
}

function readObject(schema: ObjectSchema, value: unknown, path: SettingPath, problems: ProblemList): Members {
  if (!isMembers(value)) {
    problems.add(path, 'must consist of members');
    return {};
  }
  refuseUnknown(value, Object.keys(schema.shape), path, problems);
  const read: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(schema.shape)) {
    read[name] = readValue(member, Object.hasOwn(value, name) ? value[name] : undefined, [...path, name], problems);
  }
  return read;
}

function refuseUnknown(value: Members, known: readonly string[], path: SettingPath, problems: ProblemList): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) problems.add([...path, name], 'is not a known setting');
  }
}

/** The value, with its default when it is absent; `undefined` when it is wrong (then told) or absent without default. */
function readValue(schema: z.ZodType, value: unknown, path: SettingPath, problems: ProblemList): unknown {
  // An empty member (`name:`) is null in YAML, and means the same as none.
  const result = schema.safeParse(value ?? undefined, { error: (issue) => describeIssue(issue) });
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const below = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys' && issue.message === UNKNOWN) {
      for (const key of issue.keys) problems.add([...path, ...below, key], UNKNOWN);
    } else {
      problems.add([...path, ...below], issue.message);
    }
  }
  return undefined;
}

const UNKNOWN = 'is not a known setting';

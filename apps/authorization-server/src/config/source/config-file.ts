import { resolve } from 'node:path';

import { isAlias, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, ErrorCode, ParsedNode } from 'yaml';

import type { ProblemList, SettingPath } from '../problem-list.js';
import { describeFileProblem, FileProblem, readBounded } from './bounded-file.js';

const MAX_BYTES = 1024 * 1024;
const MAX_ALIASES = 100;
const DEFAULT_FILE = 'valetkey.yaml';

/** The configuration file as it was read. */
export interface ConfigFile {
  /** Absolute path. */
  readonly path: string;
  /** Its members; empty when it could not be read. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Line of a setting, or of what encloses it when it is missing; `undefined` when the file has neither. */
  lineOf(path: SettingPath): number | undefined;
}

const TAG_MESSAGE = 'has a tag (!…); tags are not allowed';

// The parser's own texts quote the file, which may hold a secret in the wrong place. These do not.
const YAML_MESSAGES: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'is indented wrongly',
  BLOCK_AS_IMPLICIT_KEY: 'is indented wrongly, or a value with a colon lacks its quotes',
  DUPLICATE_KEY: 'has a member twice',
  KEY_OVER_1024_CHARS: 'has a member name that is too long',
  MISSING_CHAR: 'lacks a character such as a closing quote or bracket, or a colon',
  MULTIPLE_DOCS: 'must be one YAML document',
  MULTILINE_IMPLICIT_KEY: 'has a member name of several lines, or a value with a colon lacks its quotes',
  NON_STRING_KEY: 'has a member name that is not text',
  TAB_AS_INDENT: 'is indented with tabs; YAML wants spaces',
  TAG_RESOLVE_FAILED: TAG_MESSAGE,
};

/** Absolute path of the file to read: given, from `VALETKEY_CONFIG`, or `valetkey.yaml` in the working directory. */
export function configFilePath(given: string | undefined, env: NodeJS.ProcessEnv): string {
  return resolve(given ?? (env['VALETKEY_CONFIG'] || DEFAULT_FILE));
}

/** Reads a file; mistakes in its form are added to `problems`, and what could be read of it is not used then. */
export function readConfigFile(path: string, problems: ProblemList): ConfigFile {
  const nothing: ConfigFile = { path, members: {}, lineOf: () => undefined };
  const text = readText(path, problems);
  if (text === undefined) return nothing;
  try {
    return parseText(path, text, problems) ?? nothing;
  } catch {
    // Nesting deeper than the stack, or more aliases than allowed.
    problems.add([], 'is nested too deeply or repeats too many aliases');
    return nothing;
  }
}

function readText(path: string, problems: ProblemList): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBounded(path, MAX_BYTES));
  } catch (error) {
    problems.add([], fileMessage(error));
    return undefined;
  }
}

function fileMessage(error: unknown): string {
  if (!(error instanceof FileProblem)) return 'the file is not UTF-8 text';
  const text = `the file ${describeFileProblem(error, '1 MiB')}`;
  if (error.code !== 'ENOENT') return text;
  return `${text}: copy docs/valetkey.example.yaml there and change it, or name another file with --config or VALETKEY_CONFIG`;
}

function parseText(path: string, text: string, problems: ProblemList): ConfigFile | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  for (const error of [...document.errors, ...document.warnings]) {
    const line = String(lines.linePos(error.pos[0]).line);
    problems.add([], `the file ${YAML_MESSAGES[error.code] ?? 'is not correct YAML'} (line ${line})`);
  }
  if (!problems.isEmpty || !hasMembers(document, problems)) return undefined;
  refuseSpecialNodes(document, lines, problems);
  if (!problems.isEmpty) return undefined;
  const members = document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>;
  return { path, members, lineOf: (at) => lineOf(document, lines, at) };
}

function hasMembers(document: Document.Parsed, problems: ProblemList): boolean {
  if (isMap(document.contents)) return true;
  const isEmpty = document.contents === null || (isScalar(document.contents) && document.contents.value === null);
  problems.add(
    [],
    isEmpty
      ? 'the file is empty: at least "issuer" must be set'
      : 'the file must consist of members such as "issuer: …"',
  );
  return false;
}

/** Refuses tags of any kind, what would reach into an object's prototype, and an alias inside what it stands for (endless). */
function refuseSpecialNodes(document: Document.Parsed, lines: LineCounter, problems: ProblemList): void {
  visit(document, {
    Value: (_key, node) => {
      if (node.tag !== undefined) problems.add([], `the file ${TAG_MESSAGE} (line ${lineOfNode(node, lines)})`);
    },
    Pair: (_key, pair) => {
      if (isScalar(pair.key) && pair.key.value === '__proto__') {
        problems.add([], `the file has a member name that is not allowed (line ${lineOfNode(pair.key, lines)})`);
      }
    },
    Alias: (_key, alias, ancestors) => {
      const target = alias.resolve(document);
      if (target !== undefined && ancestors.includes(target)) {
        problems.add([], `the file has an alias inside its own value (line ${lineOfNode(alias, lines)})`);
      }
    },
  });
}

function lineOfNode(node: unknown, lines: LineCounter): string {
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? '?' : String(lines.linePos(start).line);
}

function lineOf(document: Document.Parsed, lines: LineCounter, path: SettingPath): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const part of path) {
    const target: unknown = isAlias(node) ? node.resolve(document) : node;
    const place = isCollection(target) ? placeOf(target.items, part) : undefined;
    if (place === undefined) return line;
    line = lines.linePos(place.start).line;
    node = place.value;
  }
  return line;
}

/** Where a member's name or a list's entry begins, and its value. */
function placeOf(items: readonly unknown[], part: string | number): { start: number; value: unknown } | undefined {
  for (const [index, item] of items.entries()) {
    const pair = item as { key?: ParsedNode; value?: unknown };
    const matches = isScalar(pair.key) ? pair.key.value === part : index === part;
    const start = isScalar(pair.key) ? pair.key.range?.[0] : isNode(item) ? item.range?.[0] : undefined;
    if (matches && typeof start === 'number') return { start, value: isScalar(pair.key) ? pair.value : item };
  }
  return undefined;
}

import type { ScopeConfig, ScopeWords } from './config.js';
import { present } from './present.js';
import type { ScopeSettings } from './schema/scopes.schema.js';
import type { Settings, TaggedWording } from './schema/settings.schema.js';

/** The wording of one scope of the file. */
export function buildScope(settings: Settings, index: number): ScopeConfig {
  const scope = settings.scopes[index];
  const tagged = settings.wording[index];
  return {
    name: scope?.name ?? '',
    displayName: localized(scope?.display_name, tagged?.display_name),
    description: localized(scope?.description, tagged?.description),
    words: wordsOf(scope, tagged, settings.pages.languages[0] ?? 'en'),
  };
}

const WORDS = ['verb', 'object', 'consequence', 'without'] as const;

/** Words by language: those without a tag are in the language of the operator, where no tagged ones are. */
export function wordsOf(
  scope: Partial<ScopeSettings> | undefined,
  tagged: TaggedWording | undefined,
  usual: string,
): ScopeWords {
  const texts: Record<string, Partial<Record<(typeof WORDS)[number], string>>> = {};
  for (const member of WORDS) {
    const untagged = scope?.[member];
    const found = [...(untagged === undefined ? [] : [[usual, untagged] as const]), ...(tagged?.[member] ?? [])];
    for (const [language, text] of found) texts[language] = { ...texts[language], [member]: text };
  }
  return { ...present({ level: scope?.level }), texts };
}

/** What one client of the file is for, by language; what has no tag is in the language of the operator, unless a tagged one is. */
export function buildPurpose({ clients, purposes, pages }: Settings, index: number): Record<string, string> {
  const untagged = clients[index]?.purpose;
  const usual = untagged === undefined ? {} : { [pages.languages[0] ?? 'en']: untagged };
  return { ...usual, ...Object.fromEntries(purposes[index]?.purpose ?? []) };
}

function localized(
  untagged: string | undefined,
  tagged: ReadonlyMap<string, string> = new Map(),
): Record<string, string> {
  return { ...(untagged === undefined ? {} : { '': untagged }), ...Object.fromEntries(tagged) };
}

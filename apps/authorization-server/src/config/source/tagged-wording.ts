import type { ProblemList, SettingPath } from '../problem-list.js';
import type { TaggedScopeMember } from '../schema/scopes.schema.js';
import { TAGGED_SCOPE_MEMBERS } from '../schema/scopes.schema.js';
import type { TaggedWording } from '../schema/settings.schema.js';
import { canonicalLanguage } from '../schema/values.js';
import { describeIssue } from './issue-text.js';

const TAGGED = new RegExp(`^(?<member>${Object.keys(TAGGED_SCOPE_MEMBERS).join('|')})#(?<tag>.*)$`, 's');

type Texts = Readonly<Record<TaggedScopeMember, Map<string, string>>>;

/**
 * Separates members with a language tag (`display_name#de`) from those without. Tags are compared without regard to
 * case (RFC 5646 §2.1.1), so `#de-at` and `#de-AT` are one.
 */
export function splitWording(
  item: Readonly<Record<string, unknown>>,
  path: SettingPath,
  problems: ProblemList,
): { untagged: Record<string, unknown>; wording: TaggedWording } {
  const untagged: Record<string, unknown> = {};
  const wording: Texts = {
    verb: new Map(),
    object: new Map(),
    consequence: new Map(),
    display_name: new Map(),
    description: new Map(),
  };
  for (const [name, value] of Object.entries(item)) {
    const { member, tag } = TAGGED.exec(name)?.groups ?? {};
    if (tag === undefined) {
      untagged[name] = value;
      continue;
    }
    // The expression allows these names only.
    const problem = takeWording(wording, member as TaggedScopeMember, { tag, value });
    if (problem !== undefined) problems.add([...path, name], problem);
  }
  return { untagged, wording };
}

/** Notes one text under its language, or returns what is wrong with it. */
function takeWording(
  texts: Texts,
  member: TaggedScopeMember,
  { tag, value }: { tag: string; value: unknown },
): string | undefined {
  const language = canonicalLanguage(tag);
  if (language === undefined) return 'must end with a language tag such as de or de-AT';
  if (texts[member].has(language)) return 'gives the same language twice';
  const read = TAGGED_SCOPE_MEMBERS[member].safeParse(value, { error: (issue) => describeIssue(issue) });
  if (!read.success) return read.error.issues[0]?.message ?? 'is not allowed';
  texts[member].set(language, read.data);
  return undefined;
}

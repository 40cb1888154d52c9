import type { z } from 'zod';
import type { ProblemList, SettingPath } from '../problem-list.js';
import type { TaggedTexts } from '../schema/settings.schema.js';
import { canonicalLanguage } from '../schema/values.js';
import { describeIssue } from './issue-text.js';

/** Which members may be repeated with a language tag, and what each may say. */
type Schemas<Member extends string> = Readonly<Record<Member, z.ZodType<string>>>;
type Texts<Member extends string> = Readonly<Record<Member, Map<string, string>>>;

/**
 * Separates members with a language tag (`display_name#de`) from those without. Tags are compared without regard to
 * case (RFC 5646 §2.1.1), so `#de-at` and `#de-AT` are one.
 */
export function splitTagged<Member extends string>(
  item: Readonly<Record<string, unknown>>,
  schemas: Schemas<Member>,
  path: SettingPath,
  problems: ProblemList,
): { untagged: Record<string, unknown>; texts: TaggedTexts<Member> } {
  const members = Object.keys(schemas) as Member[];
  const untagged: Record<string, unknown> = {};
  const texts = Object.fromEntries(members.map((member) => [member, new Map()])) as unknown as Texts<Member>;
  for (const [name, value] of Object.entries(item)) {
    const [first, ...rest] = name.split('#');
    const member = members.find((one) => one === first);
    if (member === undefined || rest.length === 0) {
      untagged[name] = value;
      continue;
    }
    const problem = take(texts[member], schemas[member], { tag: rest.join('#'), value });
    if (problem !== undefined) problems.add([...path, name], problem);
  }
  return { untagged, texts };
}

/** Notes one text under its language, or returns what is wrong with it. */
function take(
  texts: Map<string, string>,
  schema: z.ZodType<string>,
  { tag, value }: { tag: string; value: unknown },
): string | undefined {
  const language = canonicalLanguage(tag);
  if (language === undefined) return 'must end with a language tag such as de or de-AT';
  if (texts.has(language)) return 'gives the same language twice';
  const read = schema.safeParse(value, { error: (issue) => describeIssue(issue) });
  if (!read.success) return read.error.issues[0]?.message ?? 'is not allowed';
  texts.set(language, read.data);
  return undefined;
}

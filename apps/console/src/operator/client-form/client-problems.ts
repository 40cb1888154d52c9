import { Refusal } from '../../api/errors.js';
import type { Problems } from '../../parts/problems.part.js';
import type { ClientDraft, ClientMember } from './client-draft.js';
import { ADDRESS_RULES, problemsIn } from './client-draft.js';
import type { CLIENT_FORM } from './client-form.messages.js';

type Texts = (typeof CLIENT_FORM)['en'];

/** The field of a setting. */
export function fieldId(member: ClientMember): string {
  return `client-${member.replace('#', '-')}`;
}

/** What is wrong at first sight: the id of a field -> a sentence. */
export function problemsOf(draft: ClientDraft, texts: Texts, members?: readonly ClientMember[]): Problems {
  const found = problemsIn(draft).filter(({ member }) => members?.includes(member) ?? true);
  const entries = found.map((one) => [
    fieldId(one.member),
    one.kind === 'missing' ? texts.missing[one.member as keyof Texts['missing']] : texts.broken(one.line, one.kind),
  ]);
  // The first of a field.
  return Object.fromEntries(entries.reverse()) as Problems;
}

/** What the server found wrong in which field; nothing for what failed otherwise. */
export function refusedFields(error: Error | null, texts: Texts): Problems {
  if (!(error instanceof Refusal)) return {};
  const { fields, entries } = error;
  const found = Object.entries(fields).map(([name, kind]) => {
    const member = name in texts.fields ? (name as ClientMember) : memberOf(name);
    const rule = ADDRESS_RULES.find((one) => one === kind);
    return [fieldId(member), rule ? texts.broken((entries[name] ?? 0) + 1, rule) : texts.fields[member].rule];
  });
  return Object.fromEntries(found) as Problems;
}

/** Keys are named by the way of signing in that needs them, and everything else about it by that way. */
function memberOf(name: string): ClientMember {
  return name === 'private_key_jwt' || name === 'jwks' ? 'jwks_uri' : 'token_endpoint_auth_method';
}

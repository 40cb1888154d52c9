import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';

import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { wordsOf } from '../scope-builder.js';
import { lackingOf, unfitOf } from '../scope-words.js';
import { refuseRepeated } from './uniqueness.js';

/** What these mean is known here. */
const OWN_SCOPES: readonly string[] = [...Object.values(SERVER_SCOPE), ...Object.values(IDENTITY_SCOPE)];

/** A scope names the one resource server that a token for it is meant for (RFC 9068 section 3). */
export function checkScopes(draft: SettingsDraft, problems: ProblemList): void {
  const scopes = draft.resource_servers.flatMap(({ scopes: own }, index) =>
    (own ?? []).map((value, position) => ({ value, path: ['resource_servers', index, 'scopes', position] })),
  );
  refuseRepeated(scopes, 'is a scope of another resource server: a token for it would have two audiences', problems);
  draft.scopes.forEach(({ display_name: name, verb, object }, index) => {
    if (name !== undefined || (verb !== undefined && object !== undefined)) return;
    problems.add(['scopes', index], 'needs a verb and an object, or a display_name');
  });
}

/**
 * Scopes that are perhaps written wrongly. Resource servers may invent scopes for resources at any time (FedAuthz section 3),
 * so a scope that nobody has worded is no mistake for sure, but worth a look.
 */
export function adviseOnScopes(draft: SettingsDraft, warnings: ProblemList): void {
  adviseOnWords(draft, warnings);
  const worded = new Set([...OWN_SCOPES, ...draft.scopes.map(({ name }) => name)]);
  const ofServers = new Set(draft.resource_servers.flatMap(({ scopes }) => scopes ?? []));
  draft.resource_servers.forEach(({ scopes }, index) => {
    (scopes ?? []).forEach((scope, position) => {
      if (worded.has(scope)) return;
      const path = ['resource_servers', index, 'scopes', position];
      warnings.add(path, `"${scope}" has no wording in scopes: people are shown this name`);
    });
  });
  draft.clients.forEach(({ scopes }, index) => {
    (scopes ?? []).forEach((scope, position) => {
      if (worded.has(scope) || ofServers.has(scope)) return;
      const path = ['clients', index, 'scopes', position];
      warnings.add(
        path,
        `"${scope}" has no wording in scopes, nor is it a scope of a resource server: a typing error?`,
      );
    });
  });
}

/** What owners cannot share, since it is not said in every language what it is; and what they must not read. */
function adviseOnWords({ scopes, wording, pages }: SettingsDraft, warnings: ProblemList): void {
  const languages = pages.languages ?? [];
  scopes.forEach((scope, index) => {
    if (OWN_SCOPES.includes(scope.name ?? '')) return;
    const words = wordsOf(scope, wording[index], languages[0] ?? 'en');
    for (const { name, fault } of unfitOf(words)) {
      const what =
        fault.kind === 'too_many_words'
          ? `${fault.words} words; owners read nine at most`
          : `"${fault.word}" is no word of owners`;
      warnings.add(['scopes', index], `${name} of "${scope.name ?? ''}": ${what}`);
    }
    const lacking = lackingOf(words, languages);
    if (lacking.length === 0) return;
    warnings.add(
      ['scopes', index],
      `owners cannot share "${scope.name ?? ''}" in the console: it lacks ${lacking.join(', ')}`,
    );
  });
}

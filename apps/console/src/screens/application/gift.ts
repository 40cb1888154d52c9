import type { ScopeView, ShareDraft } from '@valetkey/owner-contract';
import type { Span } from '../../sharing/duration.js';
import { tickedBeforehand } from '../../sharing/ticked-beforehand.js';
import type { Chosen } from '../../resource-choice/resource-choice.part.js';

/** Names of the scopes that are ticked, by kind of resource; a kind that she has not touched has none. */
export type TickedScopes = Readonly<Record<string, readonly string[]>>;

/** What one kind of resources gets: one share of them all, made at once. */
export interface Gift {
  readonly kind: string;
  readonly resources: readonly { readonly id: string; readonly name: string }[];
  readonly scopes: readonly ScopeView[];
}

/** As many as one share holds. */
const MOST_RESOURCES = 100;

/** What is ticked of a kind: her own ticks, or what only looks. */
export function tickedOf(kind: string, scopes: readonly ScopeView[], ticked: TickedScopes): readonly string[] {
  return ticked[kind] ?? tickedBeforehand(scopes);
}

/** Of the scopes of a kind those that the application can use. */
export function usableScopes(scopes: readonly ScopeView[], application: readonly ScopeView[]): readonly ScopeView[] {
  return scopes.filter(({ scope }) => application.some((one) => one.scope === scope));
}

/** What would be given, by kind. @param scopesOf - what may be given of a kind */
export function giftsOf(
  chosen: Chosen,
  ticked: TickedScopes,
  scopesOf: (kind: string) => readonly ScopeView[],
): readonly Gift[] {
  const kinds = new Map<string, { id: string; name: string }[]>();
  for (const [id, { name, kind }] of Object.entries(chosen))
    kinds.set(kind, [...(kinds.get(kind) ?? []), { id, name }]);
  return [...kinds].map(([kind, resources]) => {
    const names = tickedOf(kind, scopesOf(kind), ticked);
    return { kind, resources, scopes: scopesOf(kind).filter(({ scope }) => names.includes(scope)) };
  });
}

export type GiftProblem = 'nothingChosen' | 'nothingAllowed' | 'tooMany';

/** What is missing; `undefined`: nothing. */
export function giftProblem(gifts: readonly Gift[]): GiftProblem | undefined {
  if (gifts.length === 0) return 'nothingChosen';
  if (gifts.some(({ scopes }) => scopes.length === 0)) return 'nothingAllowed';
  return gifts.some(({ resources }) => resources.length > MOST_RESOURCES) ? 'tooMany' : undefined;
}

export function draftOf({ resources, scopes }: Gift, subject: string, span: Span): ShareDraft {
  return {
    resource_ids: resources.map(({ id }) => id),
    subject,
    scopes: scopes.map(({ scope }) => scope),
    ...span,
  };
}

import type { ScopeView } from '@valetkey/owner-contract';

/** What is ticked beforehand: what only looks (ux principle 3). */
export function tickedBeforehand(scopes: readonly ScopeView[]): string[] {
  return scopes.filter(({ level, published }) => level === 'see' && published).map(({ scope }) => scope);
}

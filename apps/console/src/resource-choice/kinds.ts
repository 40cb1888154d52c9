import type { ResourceRow, ScopeView, ServiceView } from '@valetkey/owner-contract';

/** A row of GET /me/resources, with the names of what may be allowed on it. */
export interface OwnedResource extends ResourceRow {
  readonly scopes: readonly string[];
}

/** Resources of one service that are alike: the same may be allowed on them. */
export interface Kind {
  readonly key: string;
  readonly service: ServiceView;
  readonly rows: readonly OwnedResource[];
}

export function kindKey({ service, type, scopes }: OwnedResource): string {
  return JSON.stringify([service.id, type ?? '', [...scopes].sort()]);
}

/** In the order in which the first of each kind stands in the list. */
export function kindsOf(rows: readonly OwnedResource[]): readonly Kind[] {
  const kinds = new Map<string, OwnedResource[]>();
  for (const row of rows) {
    const known = kinds.get(kindKey(row));
    if (known) known.push(row);
    else kinds.set(kindKey(row), [row]);
  }
  return [...kinds].map(([key, alike]) => ({ key, service: (alike[0] as OwnedResource).service, rows: alike }));
}

/** What a kind is about in words: what the sentences of its scopes say they are about, each once. */
export function objectsOf(scopes: readonly ScopeView[]): readonly { readonly text: string; readonly lang?: string }[] {
  const found = new Map<string, { text: string; lang?: string }>();
  for (const { object, lang, published } of scopes) {
    if (published && object !== '' && !found.has(object))
      found.set(object, { text: object, ...(lang !== undefined && { lang }) });
  }
  return [...found.values()];
}

/** Whether something may be done with them in the owner's name: approvals, payments, whatever binds her. */
export function bindsOwner(scopes: readonly ScopeView[]): boolean {
  return scopes.some(({ level, published }) => level === 'act' && published);
}

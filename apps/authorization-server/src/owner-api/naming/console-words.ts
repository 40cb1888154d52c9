import type { ResourceName, ScopeView, ServiceView } from '@valetkey/owner-contract';
import type { Instant } from '@valetkey/kernel';
import type { Resource } from '@valetkey/uma';
import { UNKNOWN_LEVEL } from '../../config/scope-words.js';
import { isoText } from '../iso-text.js';
import type { Languages } from '../owner-names.service.js';
import { nameOf } from '../owner-names.service.js';
import type { Subjects } from '../subjects/subjects.js';

/** What one answer speaks of, by identifier. */
export interface Found {
  readonly subjects: Subjects;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly scopes: ReadonlyMap<string, ScopeView>;
  /** Resource servers that do not answer, with the time of their last answer; `null` where there was none. */
  readonly silent: ReadonlyMap<string, Instant | null>;
}

/** What is known of a resource that may be gone. */
export interface FormerResource {
  readonly name?: string | null | undefined;
  readonly resourceServerId?: string | null | undefined;
}

/** The subjects, resources and scopes of one answer as an owner reads them. Whatever is gone is called by its identifier. */
export class ConsoleWords {
  readonly subjects: Subjects;

  constructor(
    private readonly found: Found,
    private readonly languages: Languages,
  ) {
    this.subjects = found.subjects;
  }

  resource(id: string, former: FormerResource = {}): ResourceName {
    const resource = this.found.resources.get(id);
    const service = this.service(resource?.resourceServerId ?? former.resourceServerId ?? '');
    if (resource) return { id, name: nameOf(resource, this.languages), service };
    return { id, name: former.name ?? id, service, removed: true };
  }

  service(id: string): ServiceView {
    const { name } = this.subjects.server(id);
    const answeredAt = this.found.silent.get(id);
    if (answeredAt === undefined) return { id, name, state: 'answering' };
    const asOf = isoText(answeredAt);
    return { id, name, state: 'silent', ...(asOf !== undefined && { as_of: asOf }) };
  }

  /** What a scope lets its holder do. */
  scope(scope: string): ScopeView {
    return this.found.scopes.get(scope) ?? { scope, level: UNKNOWN_LEVEL, verb: '', object: '', published: false };
  }

  scopes(scopes: readonly string[]): ScopeView[] {
    return scopes.map((scope) => this.scope(scope));
  }
}

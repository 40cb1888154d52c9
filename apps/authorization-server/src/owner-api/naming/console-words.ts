import type { Person } from '@valetkey/accounts';
import type { OwnerId, Party } from '@valetkey/authorizations';
import type { ClientName, ResourceServer } from '@valetkey/clients';
import type { ResourceName, ScopeView, ServiceView, SubjectView } from '@valetkey/owner-contract';
import type { Instant } from '@valetkey/kernel';
import { isoText } from '../iso-text.js';
import type { Policy, Resource } from '@valetkey/uma';
import type { Languages } from '../owner-names.service.js';
import { nameOf } from '../owner-names.service.js';
import { accountHandle, clientHandle, groupHandle, partnerHandle } from './subject-handle.js';

/** Of a scope that the operator has not ranked: it changes something, so that nothing is handed over as harmless. */
const UNWORDED_LEVEL = 'change';

/** What one answer speaks of, by identifier. */
export interface Found {
  readonly accounts: ReadonlyMap<string, Person>;
  readonly clients: ReadonlyMap<string, ClientName>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly servers: ReadonlyMap<string, ResourceServer>;
  readonly scopes: ReadonlyMap<string, ScopeView>;
  /** Resource servers that do not answer, with the time of their last answer; `null` where there was none. */
  readonly silent: ReadonlyMap<string, Instant | null>;
}

/** What is known of a resource that may be gone. */
export interface FormerResource {
  readonly name?: string;
  readonly resourceServerId?: string;
}

/** The subjects, resources and scopes of one answer as an owner reads them. Whatever is gone is called by its identifier. */
export class ConsoleWords {
  constructor(
    private readonly found: Found,
    private readonly languages: Languages,
  ) {}

  account(id: string): SubjectView {
    const person = this.found.accounts.get(id);
    const name = person?.name ?? id;
    const gone = person ? {} : { removed: true as const };
    return {
      kind: 'person',
      id: accountHandle(id),
      name,
      short_name: firstName(name),
      verification: 'account',
      ...gone,
    };
  }

  client(id: string): SubjectView {
    const client = this.found.clients.get(id);
    const name = client?.name ?? id;
    return {
      kind: 'application',
      id: clientHandle(id),
      name,
      short_name: name,
      ...(client?.publisher !== null && client?.publisher !== undefined && { organisation: client.publisher }),
      // That nobody checked it is never wrong to say.
      verification: 'none',
      ...(!client && { removed: true as const }),
    };
  }

  owner(owner: OwnerId): SubjectView {
    const id = owner.slice(owner.indexOf(':') + 1);
    return owner.startsWith('account:') ? this.account(id) : this.client(id);
  }

  /** A requesting party, by her account where she has one. */
  party({ accountId, issuer, subject, name, email }: Party): SubjectView {
    return accountId === undefined ? partner(issuer, subject, name ?? email ?? subject) : this.account(accountId);
  }

  /** Whom a policy is about. */
  holder({ id, subject, clientId }: Pick<Policy, 'id' | 'subject' | 'clientId'>): SubjectView {
    switch (subject.type) {
      case 'account':
        return this.account(subject.accountId);
      case 'partner':
        return partner(subject.issuer, subject.subject, subject.subject);
      case 'client':
        return this.client(clientId ?? '');
      case 'claim':
        return group(id, `${subject.claim}: ${subject.value}`, subject.issuer);
      case 'anyone':
        return group(id, '*');
    }
  }

  resource(id: string, former: FormerResource = {}): ResourceName {
    const resource = this.found.resources.get(id);
    const service = this.service(resource?.resourceServerId ?? former.resourceServerId ?? '');
    if (resource) return { id, name: nameOf(resource, this.languages), service };
    return { id, name: former.name ?? id, service, removed: true };
  }

  service(id: string): ServiceView {
    const name = this.found.servers.get(id)?.name ?? this.found.clients.get(id)?.name ?? id;
    const answeredAt = this.found.silent.get(id);
    if (answeredAt === undefined) return { id, name, state: 'answering' };
    const asOf = isoText(answeredAt);
    return { id, name, state: 'silent', ...(asOf !== undefined && { as_of: asOf }) };
  }

  /** What a scope lets its holder do. */
  scope(scope: string): ScopeView {
    const worded = this.found.scopes.get(scope);
    return worded ?? { scope, level: UNWORDED_LEVEL, verb: '', object: '', published: false };
  }

  scopes(scopes: readonly string[]): ScopeView[] {
    return scopes.map((scope) => this.scope(scope));
  }
}

function partner(issuer: string, subject: string, name: string): SubjectView {
  return {
    kind: 'person',
    id: partnerHandle(issuer, subject),
    name,
    short_name: firstName(name),
    organisation: hostOf(issuer),
    verification: 'partner',
    verified_by: hostOf(issuer),
  };
}

function group(policyId: string, name: string, issuer?: string): SubjectView {
  const organisation = issuer === undefined ? {} : { organisation: hostOf(issuer) };
  const verification = issuer === undefined ? 'none' : 'partner';
  return { kind: 'group', id: groupHandle(policyId), name, short_name: name, ...organisation, verification };
}

/** For buttons. */
function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}

import { Injectable } from '@nestjs/common';
import { AccountNamesStore } from '@valetkey/accounts';
import type { ClientName } from '@valetkey/clients';
import { ClientRegistry, ClientStore, isStranger } from '@valetkey/clients';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { ResourceName, ScopeView, ServiceView, SubjectView, Verification } from '@valetkey/owner-contract';
import type { PolicySubject } from '@valetkey/uma';
import { ResourceStore } from '@valetkey/uma';
import type { Languages } from '../owner-names.service.js';
import { nameOf } from '../owner-names.service.js';
import { ScopeWordingStore } from '../scope-wording.store.js';

/** Somebody to be named: her handle, and what is known besides. */
export interface Mentioned {
  readonly handle: string;
  /** As she was called when it happened; for those who are gone, and for people whom partners name. */
  readonly name?: string | undefined;
  /** Whom the policy is about, of whoever holds one. */
  readonly subject?: PolicySubject;
}

/** A resource to be named. */
export interface MentionedResource {
  readonly id: string;
  readonly name?: string | undefined;
  readonly serverId?: string | undefined;
}

/** Everything that an answer speaks of. */
export interface Mentions {
  readonly subjects: readonly Mentioned[];
  readonly resources: readonly MentionedResource[];
  readonly scopes: Iterable<string>;
}

/** The words of an answer. */
export interface Words {
  subject(handle: string): SubjectView;
  resource(id: string): ResourceName;
  scope(scope: string): ScopeView;
}

const PREFIX = /^(account|client|server|partner|policy):/;

/** What an owner reads instead of identifiers, found once for a whole answer. */
@Injectable()
export class AccessWords {
  constructor(
    private readonly accounts: AccountNamesStore,
    private readonly clients: ClientStore,
    private readonly registry: ClientRegistry,
    private readonly issuers: TrustedIssuerStore,
    private readonly resources: ResourceStore,
    private readonly wording: ScopeWordingStore,
  ) {}

  async of(mentions: Mentions, languages: Languages): Promise<Words> {
    const resources = await this.resources.findAll(mentions.resources.map(({ id }) => id));
    const services = await this.services();
    const subjects = await this.subjects(mentions.subjects, services);
    const views = await this.wording.views([...new Set(mentions.scopes)], languages);
    const scopes = new Map(views.map((one) => [one.scope, one]));
    const mentioned = new Map(mentions.resources.map((one) => [one.id, one]));
    return {
      subject: (handle) => subjects.get(handle) ?? unknown(handle),
      resource: (id) => {
        const [present, then] = [resources.get(id), mentioned.get(id)];
        const serverId = present?.resourceServerId ?? then?.serverId ?? '';
        const service = services.get(serverId) ?? { id: serverId, name: serverId, state: 'answering' };
        if (present) return { id, name: nameOf(present, languages), service };
        return { id, name: then?.name ?? id, service, removed: true };
      },
      scope: (scope) => scopes.get(scope) ?? { scope, level: 'change', verb: '', object: '', published: false },
    };
  }

  /** Names alone, for the order of a long list. */
  async namesOf(subjects: readonly Mentioned[]): Promise<ReadonlyMap<string, string>> {
    const { accounts, clients } = await this.found(subjects.filter(({ name }) => name === undefined));
    return new Map(
      subjects.map((one) => [one.handle, accounts.get(one.handle) ?? clients.get(one.handle)?.name ?? calledOf(one)]),
    );
  }

  /** By id. */
  async services(): Promise<ReadonlyMap<string, ServiceView>> {
    const servers = await this.registry.resourceServers();
    return new Map(servers.map(({ clientId: id, name }) => [id, { id, name, state: 'answering' as const }]));
  }

  private async found(subjects: readonly Mentioned[]) {
    const idsOf = (prefix: string) =>
      subjects.filter(({ handle }) => handle.startsWith(prefix)).map(({ handle }) => handle.slice(prefix.length));
    const accounts = await this.accounts.of(new Set(idsOf('account:')));
    const clients = await this.clients.names(new Set(idsOf('client:')));
    return {
      accounts: new Map([...accounts].map(([id, name]) => [`account:${id}`, name])),
      clients: new Map([...clients].map(([id, client]) => [`client:${id}`, client])),
    };
  }

  private async subjects(
    mentioned: readonly Mentioned[],
    services: ReadonlyMap<string, ServiceView>,
  ): Promise<ReadonlyMap<string, SubjectView>> {
    const { accounts, clients } = await this.found(mentioned);
    const issuers = new Map((await this.issuers.enabled()).map(({ issuer, name }) => [issuer, name]));
    const views = new Map<string, SubjectView>();
    for (const one of mentioned) {
      const { handle } = one;
      const client = clients.get(handle);
      if (client) views.set(handle, await this.application(handle, client));
      else if (handle.startsWith('server:')) views.set(handle, service(handle, services));
      else if (!views.has(handle) || one.name !== undefined || one.subject)
        views.set(handle, person(one, accounts.get(handle), issuers));
    }
    return views;
  }

  private async application(handle: string, { name, publisher }: ClientName): Promise<SubjectView> {
    const client = await this.registry.findEnabled(handle.slice('client:'.length));
    const verification: Verification = client && !isStranger(client) ? 'operator' : 'none';
    return {
      ...{ kind: 'application', id: handle, name, short_name: name, verification },
      ...(publisher !== null && { organisation: publisher }),
    };
  }
}

/** A person, or a group of them as a policy describes it. */
function person(one: Mentioned, accountName: string | undefined, issuers: ReadonlyMap<string, string>): SubjectView {
  const { handle: id, subject } = one;
  const name = accountName ?? calledOf(one);
  if (id.startsWith('policy:')) return { kind: 'group', id, name, short_name: name, verification: 'none' };
  const short = name.split(/\s+/u)[0] ?? name;
  if (id.startsWith('account:')) {
    const isGone = accountName === undefined && { removed: true as const };
    return { kind: 'person', id, name, short_name: short, verification: 'account', ...isGone };
  }
  if (id.startsWith('client:')) {
    return { kind: 'application', id, name, short_name: name, verification: 'none', removed: true };
  }
  return { kind: 'person', id, name, short_name: short, verification: 'partner', ...partnerOf(subject, issuers) };
}

function partnerOf(
  subject: PolicySubject | undefined,
  issuers: ReadonlyMap<string, string>,
): Partial<Pick<SubjectView, 'organisation' | 'verified_by'>> {
  if (subject?.type !== 'partner') return {};
  const partner = issuers.get(subject.issuer) ?? subject.issuer;
  return { organisation: partner, verified_by: partner };
}

function service(handle: string, services: ReadonlyMap<string, ServiceView>): SubjectView {
  const found = services.get(handle.slice('server:'.length));
  const name = found?.name ?? handle.replace(PREFIX, '');
  return { kind: 'service', id: handle, name, short_name: name, verification: 'operator' };
}

/** The name that is known of somebody without a look-up. */
function calledOf({ handle, name, subject }: Mentioned): string {
  if (name !== undefined) return name;
  if (subject?.type === 'partner') return subject.subject;
  if (subject?.type === 'claim') return `${subject.claim}: ${subject.value}`;
  if (subject?.type === 'anyone') return '*';
  return handle.startsWith('partner:') ? '?' : handle.replace(PREFIX, '');
}

function unknown(handle: string): SubjectView {
  return person({ handle }, undefined, new Map());
}

import { Injectable } from '@nestjs/common';
import { PersonDirectory, Persons } from '@valetkey/accounts';
import type { OwnerId, Party } from '@valetkey/authorizations';
import { ClientStore, ResourceServerStore } from '@valetkey/clients';
import { TrustedIssuerStore } from '@valetkey/federation';
import type { Policy } from '@valetkey/uma';
import { Subjects } from './subjects.js';

/** Whom one answer speaks of; each may be there many times. */
export interface Mentioned {
  readonly accounts?: readonly string[];
  readonly clients?: readonly string[];
  /** Resource servers. */
  readonly servers?: readonly string[];
  readonly owners?: readonly OwnerId[];
  /** Of whatever kind. */
  readonly handles?: readonly string[];
  readonly parties?: readonly Party[];
  readonly policies?: readonly Pick<Policy, 'subject' | 'clientId'>[];
}

const [ACCOUNT, CLIENT, SERVER] = ['account:', 'client:', 'server:'];

/** Finds what people, applications, services and partners are called: once for a whole answer, however often each is in it. */
@Injectable()
export class SubjectNames {
  constructor(
    private readonly persons: Persons,
    private readonly directory: PersonDirectory,
    private readonly clients: ClientStore,
    private readonly servers: ResourceServerStore,
    private readonly issuers: TrustedIssuerStore,
  ) {}

  async of(mentioned: Mentioned): Promise<Subjects> {
    const accountIds = new Set(accountsIn(mentioned));
    const servers = [...(mentioned.servers ?? []), ...idsIn(mentioned.handles, SERVER)];
    const clientIds = [...clientsIn(mentioned), ...servers];
    return new Subjects({
      accounts: await this.persons.findAll(accountIds),
      issuersOfAccounts: await this.directory.issuersOf(accountIds),
      clients: await this.clients.profiles(clientIds),
      servers: new Map(servers.length === 0 ? [] : (await this.servers.all()).map((one) => [one.clientId, one.name])),
      partners: new Map((await this.issuers.enabled()).map(({ issuer, name }) => [issuer, name])),
    });
  }
}

function accountsIn({ accounts = [], owners = [], handles, parties = [], policies = [] }: Mentioned): string[] {
  return [
    ...accounts,
    ...idsIn(owners, ACCOUNT),
    ...idsIn(handles, ACCOUNT),
    ...parties.flatMap(({ accountId }) => accountId ?? []),
    ...policies.flatMap(({ subject }) => (subject.type === 'account' ? [subject.accountId] : [])),
  ];
}

function clientsIn({ clients = [], owners = [], handles, policies = [] }: Mentioned): string[] {
  return [
    ...clients,
    ...idsIn(owners, CLIENT),
    ...idsIn(handles, CLIENT),
    ...policies.flatMap(({ clientId }) => clientId ?? []),
  ];
}

function idsIn(handles: readonly string[] | undefined, kind: string): string[] {
  return (handles ?? []).filter((handle) => handle.startsWith(kind)).map((handle) => handle.slice(kind.length));
}

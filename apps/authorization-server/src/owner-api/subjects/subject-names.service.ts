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
  readonly parties?: readonly Party[];
  readonly policies?: readonly Pick<Policy, 'subject' | 'clientId'>[];
}

const ACCOUNT = 'account:';

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
    const servers = mentioned.servers ?? [];
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

function accountsIn({ accounts = [], owners = [], parties = [], policies = [] }: Mentioned): string[] {
  return [
    ...accounts,
    ...owners.filter((owner) => owner.startsWith(ACCOUNT)).map(idOf),
    ...parties.flatMap(({ accountId }) => accountId ?? []),
    ...policies.flatMap(({ subject }) => (subject.type === 'account' ? [subject.accountId] : [])),
  ];
}

function clientsIn({ clients = [], owners = [], policies = [] }: Mentioned): string[] {
  return [
    ...clients,
    ...owners.filter((owner) => !owner.startsWith(ACCOUNT)).map(idOf),
    ...policies.flatMap(({ clientId }) => clientId ?? []),
  ];
}

function idOf(owner: OwnerId): string {
  return owner.slice(owner.indexOf(':') + 1);
}

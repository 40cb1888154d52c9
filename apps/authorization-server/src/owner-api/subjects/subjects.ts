import type { Person } from '@valetkey/accounts';
import type { OwnerId, Party } from '@valetkey/authorizations';
import type { ClientProfile } from '@valetkey/clients';
import type { SubjectView } from '@valetkey/owner-contract';
import type { Policy } from '@valetkey/uma';
import { toldName } from '@valetkey/uma';
import { accountHandle, clientHandle, groupHandle, partnerHandle, serverHandle } from './subject-handle.js';
import { shortNameOf } from './short-name.js';

/** Of people whom a policy does not name. */
const EVERYBODY = '*';
/** Of a partner's person whose name nobody kept. */
const UNKNOWN = '?';

/** What was read for one answer, by identifier. */
export interface FoundSubjects {
  readonly accounts: ReadonlyMap<string, Person>;
  /** At which issuers accounts are known. */
  readonly issuersOfAccounts: ReadonlyMap<string, readonly string[]>;
  readonly clients: ReadonlyMap<string, ClientProfile>;
  /** Names of resource servers. */
  readonly servers: ReadonlyMap<string, string>;
  /** Names of partners, by issuer. */
  readonly partners: ReadonlyMap<string, string>;
}

/** Every party of one answer as an owner reads her. Who is gone keeps the name that is stored, or is called by her identifier. */
export class Subjects {
  constructor(private readonly found: FoundSubjects) {}

  /** @param stored - the name that she had, where it was kept; her id where she withheld it: then no other is shown */
  account(id: string, stored?: string): SubjectView {
    const person = this.found.accounts.get(id);
    const name = stored === id ? id : (person?.name ?? stored ?? id);
    const partners = (this.found.issuersOfAccounts.get(id) ?? []).flatMap((one) => this.found.partners.get(one) ?? []);
    return {
      ...personOf(accountHandle(id), name),
      // With several it is not known for which of them she is here.
      ...(partners.length === 1 && partners[0] !== undefined && { organisation: partners[0] }),
      verification: 'account',
      ...(person?.enabled !== true && { removed: true as const }),
    };
  }

  client(id: string, stored?: string): SubjectView {
    const client = this.found.clients.get(id);
    const name = client?.name ?? stored ?? id;
    return {
      kind: 'application',
      id: clientHandle(id),
      name,
      short_name: name,
      ...(client?.publisher && { organisation: client.publisher }),
      verification: client && !client.isStranger ? 'operator' : 'none',
      ...restOf(client),
    };
  }

  /** A resource server; as the client that it is where it is none any more. */
  server(id: string): SubjectView {
    const name = this.found.servers.get(id);
    const asClient = this.client(id);
    return {
      ...asClient,
      kind: 'service',
      id: serverHandle(id),
      ...(name !== undefined && { name, short_name: name }),
    };
  }

  owner(owner: OwnerId): SubjectView {
    return this.of(owner);
  }

  /**
   * Whoever a handle names.
   * @param stored - what she was called when it happened: all that is known of a partner's person, and of a group
   */
  of(handle: string, stored?: string): SubjectView {
    const colon = handle.indexOf(':');
    const id = handle.slice(colon + 1);
    switch (handle.slice(0, colon)) {
      case 'account':
        return this.account(id, stored);
      case 'client':
        return this.client(id, stored);
      case 'server':
        return this.server(id);
      case 'policy':
        return this.group(id, stored ?? EVERYBODY);
      default:
        return { ...personOf(handle, stored ?? UNKNOWN), verification: 'partner' };
    }
  }

  /** A requesting party: her account where she has one, else whom the partner says she is. */
  party(party: Party): SubjectView {
    const { accountId, issuer, subject, name, email } = party;
    return accountId === undefined
      ? this.partner(issuer, subject, name ?? email)
      : this.account(accountId, toldName(party));
  }

  /** Whom a policy is about. @param stored - what the holder was called when it was made, where that was kept */
  holder({ id, subject, clientId }: Pick<Policy, 'id' | 'subject' | 'clientId'>, stored?: string): SubjectView {
    switch (subject.type) {
      case 'account':
        return this.account(subject.accountId, stored);
      case 'partner':
        return this.partner(subject.issuer, subject.subject, stored);
      case 'client':
        return this.client(clientId ?? '', stored);
      case 'claim':
        return { ...this.group(id, subject.value), ...this.vouchedBy(subject.issuer) };
      case 'anyone':
        return this.group(id, stored ?? EVERYBODY);
    }
  }

  private partner(issuer: string, subject: string, stored: string | undefined): SubjectView {
    return { ...personOf(partnerHandle(issuer, subject), stored ?? subject), ...this.vouchedBy(issuer) };
  }

  /** What the partner is called whose issuer this is. */
  partnerName(issuer: string): string {
    return this.found.partners.get(issuer) ?? hostOf(issuer);
  }

  private vouchedBy(issuer: string): Pick<SubjectView, 'organisation' | 'verification' | 'verified_by'> {
    const partner = this.partnerName(issuer);
    return { organisation: partner, verification: 'partner', verified_by: partner };
  }

  private group(policyId: string, name: string): SubjectView {
    return { kind: 'group', id: groupHandle(policyId), name, short_name: name, verification: 'none' };
  }
}

/** Whether it is there, and may have anything at present. */
function restOf(client: ClientProfile | undefined): Pick<SubjectView, 'removed' | 'suspended'> {
  if (client?.enabled !== true) return { removed: true };
  return client.isSuspended ? { suspended: true } : {};
}

function personOf(id: string, name: string): Pick<SubjectView, 'kind' | 'id' | 'name' | 'short_name'> {
  return { kind: 'person', id, name, short_name: shortNameOf(name) };
}

/** What a partner is called that is not trusted any more. */
function hostOf(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}

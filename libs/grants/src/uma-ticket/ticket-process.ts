import type { Instant } from '@valetkey/kernel';
import { intersect } from '@valetkey/kernel';
import type { AuthorizationRecord, Party } from '@valetkey/authorizations';
import type { ResourceServer } from '@valetkey/clients';
import type { GrantContext } from '@valetkey/oauth';
import type { PermissionTicket, RequestedPermission, ResourceVerdict } from '@valetkey/uma';
import type { GatheredClaims } from './requesting-party.service.js';
import type { UmaTicketRequest } from './uma-ticket-request.js';

/** When the owner last ended what this party, or anybody through this client, held at the resource server. */
export interface OwnerEnds {
  readonly ofParty: Instant | undefined;
  readonly ofClient: Instant | undefined;
}

/** One presentation of a ticket, assessed. */
export interface TicketProcess {
  readonly request: UmaTicketRequest;
  readonly context: GrantContext;
  readonly ticket: PermissionTicket;
  readonly server: ResourceServer;
  readonly gathered: GatheredClaims;
  readonly party: Party | null;
  readonly partyKey: string;
  /** The party's living record, read before `ends`: an end in between fails the guard on it. */
  readonly living: AuthorizationRecord | undefined;
  /** Her record that rests, since an issuer who vouched for her is not trusted now; a new one takes its place. */
  readonly suspended: AuthorizationRecord | undefined;
  readonly ends: OwnerEnds;
  readonly trustedIssuers: readonly string[];
  readonly verdicts: readonly ResourceVerdict[];
}

/** What is known before the assessment. */
export type Presentation = Pick<TicketProcess, 'request' | 'context' | 'ticket' | 'gathered'>;

export function isFullyGranted(verdicts: readonly ResourceVerdict[]): boolean {
  return verdicts.every((verdict) => verdict.missing.length === 0);
}

export function isPartlyGranted(verdicts: readonly ResourceVerdict[]): boolean {
  return verdicts.some((verdict) => verdict.granted.length > 0);
}

/** What the owner could be asked for. */
export function missingPermissions(verdicts: readonly ResourceVerdict[]): RequestedPermission[] {
  return verdicts
    .filter(({ missing }) => missing.length > 0)
    .map(({ resource, missing }) => ({
      resourceId: resource.id,
      ...(resource.name !== null && { name: resource.name }),
      scopes: missing,
    }));
}

/** Whose word could still help. Each issuer is asked for at most once a process, so that a client without claims does not loop. */
export function issuersToAsk({ ticket, gathered, party, verdicts, trustedIssuers }: TicketProcess): string[] {
  if (gathered.rejected) return [...trustedIssuers];
  const helpful = party ? verdicts.flatMap((verdict) => verdict.helpful) : trustedIssuers;
  return [...new Set(helpful)].filter((issuer) => !ticket.asked.includes(issuer));
}

/** What the client asks for by now: it need not repeat, as it polls or brings claims, what it asked for earlier in the process. */
export function requestedIn(
  { requested }: PermissionTicket,
  named: readonly string[],
  { client }: Pick<GrantContext, 'client'>,
): readonly string[] {
  return named.length > 0 ? named : intersect(requested, client.scopes);
}

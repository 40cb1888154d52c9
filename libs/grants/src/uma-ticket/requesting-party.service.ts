import { Injectable } from '@nestjs/common';
import { AccountStore } from '@valetkey/accounts';
import { IdTokenVerifier, TrustedIssuerStore } from '@valetkey/federation';
import type { GrantContext } from '@valetkey/oauth';
import { CLAIM_TOKEN_FORMAT_ID_TOKEN } from '@valetkey/protocol';
import { ReplayStore } from '@valetkey/tokens';
import type { ClaimSet, Evidence } from '@valetkey/uma';
import { isOwnSignIn, mergeEvidence, ofOnePerson, PersistedClaimsStore } from '@valetkey/uma';
import { OwnSignIns } from './own-sign-ins.service.js';
import type { UmaTicketRequest } from './uma-ticket-request.js';

/** What is known about the requesting party after reading the request. */
export interface GatheredClaims {
  readonly evidence: Evidence;
  /** New claims came with this request: worth a PCT. */
  readonly pushed: boolean;
  /** A claim token came and cannot be believed: unsigned, foreign, stale, seen before, of another format. */
  readonly rejected: boolean;
  /** The PCT belongs to another client (UG-44): ignored, and worth a look. */
  readonly foreignPct: boolean;
}

/** Gathers claims about the requesting party from the process, a PCT and a pushed claim token. */
@Injectable()
export class RequestingPartyService {
  constructor(
    private readonly idTokens: IdTokenVerifier,
    private readonly issuers: TrustedIssuerStore,
    private readonly persisted: PersistedClaimsStore,
    private readonly replay: ReplayStore,
    private readonly accounts: AccountStore,
    private readonly ownSignIns: OwnSignIns,
  ) {}

  /** @param known - what earlier steps of the process have learnt */
  async gather(request: UmaTicketRequest, known: Evidence, context: GrantContext): Promise<GatheredClaims> {
    const persisted = await this.fromPersisted(request.pct, context);
    const pushed = request.claimToken && (await this.fromClaimToken(request.claimToken, context));
    const remembered = persisted === 'foreign' ? [] : persisted;
    const gathered = mergeEvidence(mergeEvidence(known, remembered), pushed ? [pushed] : []);
    const evidence = await this.asOfNow(gathered);
    this.ownSignIns.rely(evidence, context.writes);
    return {
      evidence,
      pushed: pushed !== undefined,
      rejected: request.claimToken !== undefined && !pushed,
      foreignPct: persisted === 'foreign',
    };
  }

  /** Trust, links and accounts may have changed since earlier claims were verified: what is so now counts, of one person. */
  async asOfNow(evidence: Evidence): Promise<Evidence> {
    const trusted = (await this.issuers.enabled()).map(({ issuer }) => issuer);
    const sets = await Promise.all(
      evidence.map((set) => (isOwnSignIn(set) ? this.ownSignIns.asOfNow(set) : this.wordAsOfNow(set, trusted))),
    );
    return ofOnePerson(sets.filter((set) => set !== undefined));
  }

  /** Of another issuer: `undefined` once it is not trusted any more, or the person's account is disabled. */
  private async wordAsOfNow(
    { issuer, subject, claims, obtainedAt }: ClaimSet,
    trusted: readonly string[],
  ): Promise<ClaimSet | undefined> {
    if (!trusted.includes(issuer)) return undefined;
    const account = await this.accounts.findLinked(issuer, subject);
    // Whoever's account was disabled here is nobody here, whatever her issuer says.
    if (account?.enabled === false) return undefined;
    return { issuer, subject, claims, obtainedAt, ...(account && { accountId: account.id }) };
  }

  /** Claims of a PCT of this client. */
  private async fromPersisted(pct: string | undefined, { client, now }: GrantContext): Promise<Evidence | 'foreign'> {
    const persisted = pct === undefined ? undefined : await this.persisted.find(pct, now);
    if (!persisted) return [];
    if (persisted.clientId !== client.id) return 'foreign';
    return persisted.live ? persisted.evidence : [];
  }

  private async fromClaimToken(
    claimToken: { value: string; format: string },
    { now, writes }: GrantContext,
  ): Promise<ClaimSet | undefined> {
    if (claimToken.format !== CLAIM_TOKEN_FORMAT_ID_TOKEN) return undefined;
    const token = await this.idTokens.verify(claimToken.value);
    if (!token || (await this.replay.isMarked(token.issuer, token.tokenId))) return undefined;
    // Marked in the same commit as what it leads to: of two requests with one token, one is decided again and sees the mark.
    this.replay.claimWith(writes, { issuer: token.issuer, id: token.tokenId, expiresAt: token.expiresAt });
    return {
      issuer: token.issuer,
      subject: token.subject,
      claims: token.claims,
      obtainedAt: Math.min(now, token.issuedAt),
    };
  }
}

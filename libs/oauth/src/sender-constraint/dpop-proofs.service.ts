import { Inject, Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import { jwtVerify } from 'jose';
import { Clock, isCompactJws, isStrictJws, sha256 } from '@valetkey/kernel';
import type { Duration, Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { ReplayStore, TOKEN_OPTIONS } from '@valetkey/tokens';
import type { TokenOptions } from '@valetkey/tokens';
import { OAuthError } from '../domain/oauth-error.js';
import type { Reason } from '../domain/reasons.js';
import { normalTargetUri } from '../domain/target-uri.js';
import { DpopNonces } from './dpop-nonces.service.js';
import { embeddedKey } from './embedded-key.js';

/** What a proof is checked against. */
export interface ProvenRequest {
  /** Values of all `DPoP` headers of the request. */
  readonly dpopHeaders: readonly string[];
  readonly method: string;
  /** The target of the request from its path on; its origin is always the issuer's, whatever the request says. */
  readonly url: string;
  /**
   * The same target at the address where certificates are asked for, when the request may have come by that (RFC 8705 section 5).
   */
  readonly alias?: string | undefined;
}

/** A proof that fits its request. It counts once only: {@link DpopProofs.use}, {@link DpopProofs.useWith}. */
export interface DpopProof {
  /** Thumbprint of the key (RFC 9449 section 6.1). */
  readonly jkt: string;
  /** The digest of the access token that it goes with; only at a protected resource. */
  readonly ath: string | undefined;
  readonly mark: { readonly issuer: string; readonly id: string; readonly expiresAt: Instant };
}

/** How far the clock of a client may be off, either way. */
const TOLERANCE: Duration = 60_000;
const LONGEST_PROOF = 8_192;
const LONGEST_JTI = 256;

/** DPoP proofs (RFC 9449 section 4.3). */
@Injectable()
export class DpopProofs {
  private readonly origin: string;

  constructor(
    private readonly replay: ReplayStore,
    private readonly nonces: DpopNonces,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {
    this.origin = new URL(options.issuer).origin;
  }

  /** Checks and uses the proof of a request. @throws OAuthError invalid_dpop_proof, use_dpop_nonce */
  async verify(request: ProvenRequest): Promise<DpopProof> {
    const proof = await this.check(request);
    await this.use(proof);
    return proof;
  }

  /**
   * Everything that can be said of a proof without remembering it, so that a client that is told to use a nonce can send the
   * rest of its request again as it was.
   * @throws OAuthError invalid_dpop_proof, use_dpop_nonce
   */
  async check(request: ProvenRequest): Promise<DpopProof> {
    const { claims, jkt } = await this.verified(request.dpopHeaders);
    const now = this.clock.now();
    const target = this.checkTarget(claims, request);
    const { jti, iat, ath } = ownClaims(claims);
    if (Math.abs(iat * 1000 - now) > TOLERANCE) throw invalidProof('proof_not_now');
    this.checkNonce(claims['nonce'], now);
    // Kept as long as the proof could be sent again, on a node whose clock is behind too.
    const mark = { issuer: `dpop:${jkt}:${target}`, id: jti, expiresAt: iat * 1000 + 2 * TOLERANCE };
    return { jkt, ath, mark };
  }

  /** Uses the proof. Atomic: of concurrent calls with one proof, on all nodes, exactly one succeeds. @throws OAuthError */
  async use({ mark }: DpopProof): Promise<void> {
    if (!(await this.replay.claim(mark.issuer, mark.id, mark.expiresAt))) throw invalidProof('proof_replayed');
  }

  /** Uses the proof up in the commit of what it leads to, which fails for one that was used. Nothing else is left of it. */
  useWith({ mark }: DpopProof, writes: WriteSet): void {
    this.replay.claimWith(writes, mark);
  }

  /** Tells of a proof that was used already. Says nothing about the next moment. @throws OAuthError invalid_dpop_proof */
  async checkUnused({ mark }: DpopProof): Promise<void> {
    if (await this.replay.isMarked(mark.issuer, mark.id)) throw invalidProof('proof_replayed');
  }

  /** The nonce to send with every answer to a request with a proof, or `undefined` where none is demanded. */
  nextNonce(): string | undefined {
    return this.options.requireDpopNonce ? this.nonces.current(this.clock.now()) : undefined;
  }

  /** The address that the proof names, of those that the request may have come by. */
  private checkTarget({ htm, htu }: JWTPayload, { method, url, alias }: ProvenRequest): string {
    const named = typeof htu === 'string' ? normalTargetUri(htu) : undefined;
    const isHere = (address: string) => normalTargetUri(pathOf(address)) === named;
    const fits = isHere(this.origin + url) || (alias !== undefined && isHere(alias));
    if (htm !== method || named === undefined || !fits) throw invalidProof('proof_for_another_request');
    return named;
  }

  private checkNonce(nonce: unknown, now: Instant): void {
    if (nonce === undefined && !this.options.requireDpopNonce) return;
    if (typeof nonce === 'string' && this.nonces.isValid(nonce, now)) return;
    const headers = { 'dpop-nonce': this.nonces.current(now) };
    throw new OAuthError('use_dpop_nonce', 'proof_without_nonce', headers);
  }

  private async verified(headers: readonly string[]): Promise<{ claims: JWTPayload; jkt: string }> {
    const [text] = headers;
    if (text === undefined || headers.length > 1) throw invalidProof('proof_not_single');
    if (text.length > LONGEST_PROOF || !isCompactJws(text)) throw invalidProof('proof_malformed');
    let jkt = '';
    const verification = jwtVerify(
      text,
      async (header) => {
        // jose ignores `b64` without `crit`, and takes other spellings of the type.
        if (header.typ !== 'dpop+jwt' || 'b64' in header || 'crit' in header) throw new Error('another header');
        const { key, thumbprint } = await embeddedKey(header);
        jkt = thumbprint;
        return key;
      },
      { clockTolerance: TOLERANCE / 1000, currentDate: new Date(this.clock.now()) },
    );
    const { payload } = await verification.catch(() => {
      throw invalidProof('proof_malformed');
    });
    if (!isStrictJws(text)) throw invalidProof('proof_malformed');
    return { claims: payload, jkt };
  }
}

/** The claims of every proof in their own types (RFC 9449 section 4.2). */
function ownClaims({ jti, iat, ath }: JWTPayload): { jti: string; iat: number; ath: string | undefined } {
  if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST_JTI) throw invalidProof('proof_malformed');
  if (typeof iat !== 'number') throw invalidProof('proof_not_now');
  if (ath !== undefined && typeof ath !== 'string') throw invalidProof('proof_malformed');
  return { jti, iat, ath };
}

/** `ath` of an access token (RFC 9449 section 4.2). */
export function accessTokenHash(token: string): string {
  return sha256(token);
}

function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}

function invalidProof(reason: Reason): OAuthError {
  return new OAuthError('invalid_dpop_proof', reason);
}

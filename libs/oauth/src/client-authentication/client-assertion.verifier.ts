import { Inject, Injectable } from '@nestjs/common';
import type { JWTPayload } from 'jose';
import { decodeJwt, jwtVerify } from 'jose';
import { Clock, isCompactJws, isStrictJws } from '@valetkey/kernel';
import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import { ReplayStore, TOKEN_OPTIONS } from '@valetkey/tokens';
import type { TokenOptions } from '@valetkey/tokens';
import { areTimesGood } from '../domain/assertion-times.js';
import { AssertionRates } from './assertion-rates.js';
import { algorithmsOf, ClientKeys } from './client-keys.service.js';
import { invalidClient } from './presented-credentials.js';

const SKEW = 30_000;
const LIMITS = { longestLife: 600_000, skew: SKEW };
const LONGEST_JTI = 256;
/** Explicit types of other kinds of JWT (J-14): such a JWT is no client assertion, whoever signed it. */
const ALLOWED_TYPES = [undefined, 'JWT', 'client-authentication+jwt'];

/** Verifies client assertions (RFC 7523 sections 2.2 and 3, with the audience rule of rfc7523bis). */
@Injectable()
export class ClientAssertionVerifier {
  constructor(
    private readonly keys: ClientKeys,
    private readonly replay: ReplayStore,
    private readonly rates: AssertionRates,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** The client that an assertion claims to be from, unverified; `undefined` when it is no JWT or names none. */
  claimedClient(assertion: string): string | undefined {
    try {
      const { sub } = decodeJwt(assertion);
      return typeof sub === 'string' && sub !== '' ? sub : undefined;
    } catch {
      return undefined;
    }
  }

  /** Accepts the assertion once. @param address - where it comes from @throws OAuthError invalid_client; 429 for too many */
  async verify(assertion: string, client: Client, address: string): Promise<void> {
    const payload = await this.verified(assertion, client);
    const { jti, exp } = payload;
    if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST_JTI) throw invalid();
    if (exp === undefined || !areTimesGood(payload, this.clock.now(), LIMITS)) throw invalid();
    const issuer = `client:${client.id}`;
    // Before it is counted: whoever sends an old one again and again keeps its client from nothing.
    if (isStranger(client) && (await this.replay.isMarked(issuer, jti))) throw replayed();
    await this.rates.assertion(client, address);
    if (!(await this.replay.claim(issuer, jti, exp * 1000 + SKEW))) throw replayed();
  }

  private async verified(assertion: string, client: Client): Promise<JWTPayload> {
    if (!this.keys.hasKeys(client)) throw invalidClient('method_mismatch', false);
    if (!isCompactJws(assertion)) throw invalid();
    try {
      const { payload, protectedHeader } = await jwtVerify(assertion, this.keys.finder(client), {
        algorithms: algorithmsOf(client.metadata.tokenEndpointAuthSigningAlg),
        issuer: client.id,
        subject: client.id,
        audience: this.options.issuer,
        clockTolerance: SKEW / 1000,
        requiredClaims: ['exp', 'jti'],
        currentDate: new Date(this.clock.now()),
      });
      // jose ignores `b64` without `crit`, and accepts an audience that also names others.
      const soleAudience = typeof payload.aud === 'string' || payload.aud?.length === 1;
      if (!soleAudience || 'b64' in protectedHeader || !ALLOWED_TYPES.includes(protectedHeader.typ)) throw invalid();
      if (!isStrictJws(assertion)) throw invalid();
      return payload;
    } catch {
      throw invalid();
    }
  }
}

function replayed(): Error {
  return invalidClient('assertion_replayed', false);
}

function invalid(): Error {
  return invalidClient('assertion_invalid', false);
}

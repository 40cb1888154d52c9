import { Inject, Injectable } from '@nestjs/common';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { Clock, isCompactJws, isStrictJws } from '@valetkey/kernel';
import { ASYMMETRIC_ALGORITHMS, underEitherName } from '@valetkey/protocol';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { RegistrationError } from './registration-error.js';

const SKEW = 30;
const TYPES = ['jwt', 'software-statement+jwt'];
const LONGEST = 16_384;
const ADDRESSES = ['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris'];
/** What a statement says about itself. */
const OF_THE_JWT = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'software_statement'];

/** What a client says together with its statement, and whether that speaks for it. */
export interface Said {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly vouchedBy: 'software_statement' | 'nobody';
}

/** Software statements (RFC 7591 section 2.3): what an issuer that the operator trusts says about software. */
@Injectable()
export class SoftwareStatements {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'issuer' | 'registration'>,
  ) {}

  /**
   * The metadata with what the statement says in place of what the client says (DC-03). The statement speaks for the addresses of
   * the client only when it names them: it is no secret, and others may bring it with theirs.
   * @throws RegistrationError invalid_software_statement, unapproved_software_statement
   */
  async apply(metadata: Readonly<Record<string, unknown>>): Promise<Said> {
    const { software_statement: statement, ...said } = metadata;
    if (statement === undefined || statement === null) {
      if (!this.config.registration.requireSoftwareStatement) return { metadata: said, vouchedBy: 'nobody' };
      throw new RegistrationError('invalid_software_statement', 'statement_missing');
    }
    const claims = Object.entries(await this.verified(statement)).filter(([name]) => !OF_THE_JWT.includes(name));
    const ofStatement: Readonly<Record<string, unknown>> = Object.fromEntries(claims);
    const vouchedBy = speaksForAddresses(ofStatement, said) ? 'software_statement' : 'nobody';
    return { metadata: { ...said, ...ofStatement }, vouchedBy };
  }

  private async verified(statement: unknown): Promise<JWTPayload> {
    if (typeof statement !== 'string' || statement.length > LONGEST) throw invalid();
    if (!isCompactJws(statement) || !isStrictJws(statement)) throw invalid();
    const issuer = this.config.registration.softwareStatementIssuers.find((one) => one.issuer === issuerOf(statement));
    if (!issuer) throw new RegistrationError('unapproved_software_statement', 'statement_of_stranger');
    try {
      const { payload, protectedHeader } = await jwtVerify(
        statement,
        createLocalJWKSet({ keys: underEitherName(issuer.jwks.keys) }),
        {
          algorithms: [...ASYMMETRIC_ALGORITHMS],
          issuer: issuer.issuer,
          clockTolerance: SKEW,
          requiredClaims: ['exp'],
          currentDate: new Date(this.clock.now()),
        },
      );
      const isForUs = payload.aud === undefined || [payload.aud].flat().includes(this.config.issuer);
      if (!isForUs || !isStatement(protectedHeader)) throw invalid();
      return payload;
    } catch {
      throw invalid();
    }
  }
}

/** It names where answers go, and the client adds no address of its own to which a browser could be sent. */
function speaksForAddresses(
  ofStatement: Readonly<Record<string, unknown>>,
  said: Readonly<Record<string, unknown>>,
): boolean {
  const isIn = (metadata: Readonly<Record<string, unknown>>, member: string) => (metadata[member] ?? null) !== null;
  return isIn(ofStatement, 'redirect_uris') && ADDRESSES.every((one) => !isIn(said, one) || isIn(ofStatement, one));
}

/** RFC 8725 section 3.11: what says that it is another kind of token is none of ours. */
function isStatement({ typ, ...others }: JWTHeaderParameters): boolean {
  if ('b64' in others) return false;
  return typ === undefined || TYPES.includes(typ.toLowerCase().replace(/^application\//, ''));
}

function issuerOf(statement: string): string | undefined {
  try {
    return decodeJwt(statement).iss;
  } catch {
    throw invalid();
  }
}

function invalid(): RegistrationError {
  return new RegistrationError('invalid_software_statement', 'statement_invalid');
}

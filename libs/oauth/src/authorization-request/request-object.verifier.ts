import { Inject, Injectable } from '@nestjs/common';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { jwtVerify } from 'jose';
import type { Client } from '@valetkey/clients';
import { Clock, isCompactJws, isStrictJws } from '@valetkey/kernel';
import { REQUEST_OBJECT_TYPE } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import { algorithmsOf, ClientKeys } from '../client-authentication/client-keys.service.js';
import type { RequestSource } from '../domain/authorization-request/request-source.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { Reason } from '../domain/reasons.js';
import { RequestObjectSource } from './request-object.source.js';

const LONGEST_LIFE = 3_600_000;
const SKEW = 30_000;
/** Explicit types of other kinds of JWT (J-14): such a JWT is no request object, whoever signed it. */
const ALLOWED_TYPES = [undefined, 'JWT', REQUEST_OBJECT_TYPE, `application/${REQUEST_OBJECT_TYPE}`];

/** Verifies request objects (RFC 9101 section 6) against the keys that the client registered. */
@Injectable()
export class RequestObjectVerifier {
  constructor(
    private readonly keys: ClientKeys,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * The parameters inside the object, which count alone (JA-02).
   * @throws OAuthError invalid_request_object; invalid_request when it is for another client
   */
  async verify(object: string, client: Client): Promise<RequestSource> {
    const claims = await this.verified(object, client);
    const { client_id: clientId, request, request_uri: requestUri } = claims;
    if (request !== undefined || requestUri !== undefined) throw invalid('request_object_nested');
    if (clientId === undefined) throw invalid('request_object_invalid');
    if (clientId !== client.id) throw new OAuthError('invalid_request', 'client_id_mismatch');
    return new RequestObjectSource(claims);
  }

  private async verified(object: string, client: Client): Promise<JWTPayload> {
    if (!this.keys.hasKeys(client) || !isCompactJws(object)) throw invalid('request_object_invalid');
    try {
      const { payload, protectedHeader } = await jwtVerify(object, this.keys.finder(client), {
        algorithms: algorithmsOf(client.metadata.requestObjectSigningAlg),
        issuer: client.id,
        audience: this.options.issuer,
        clockTolerance: SKEW / 1_000,
        requiredClaims: ['exp', 'nbf'],
        currentDate: new Date(this.clock.now()),
      });
      if (!isSingleMinded(payload, protectedHeader) || !isStrictJws(object)) throw new Error('not a request object');
      return payload;
    } catch {
      throw invalid('request_object_invalid');
    }
  }
}

/** What jose lets pass: `b64` without `crit`, an audience that also names others, any type. */
function isSingleMinded(payload: JWTPayload, header: JWTHeaderParameters): boolean {
  const soleAudience = typeof payload.aud === 'string' || payload.aud?.length === 1;
  if (!soleAudience || 'b64' in header || !ALLOWED_TYPES.includes(header.typ)) return false;
  // JA-04: it must not double as an assertion by which the client authenticates.
  return payload.sub !== payload.iss && isShortLived(payload);
}

/** JA-06. Both are there, since they are required. */
function isShortLived({ nbf = 0, exp = 0 }: JWTPayload): boolean {
  return (exp - nbf) * 1_000 <= LONGEST_LIFE;
}

function invalid(reason: Reason): OAuthError {
  return new OAuthError('invalid_request_object', reason);
}

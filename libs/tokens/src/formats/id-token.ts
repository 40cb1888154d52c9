import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { toNumericDate } from '@valetkey/kernel';
import { KeyRing } from '@valetkey/keys';
import type { AnswerAlgorithm } from '@valetkey/protocol';
import { signInClaims } from '../domain/token-claims.js';
import type { SignIn } from '../domain/token.js';
import { TOKEN_OPTIONS } from '../token-options.js';
import type { TokenOptions } from '../token-options.js';
import { halfHash } from './half-hash.js';
import type { Relation } from './subjects.service.js';
import { Subjects } from './subjects.service.js';

/** Explicit type, so that no ID token passes for a token of another kind (RFC 8725 section 3.11). */
const TYPE = 'JWT';

/** What an ID token says. */
export interface IdTokenContent {
  readonly relation: Relation;
  /** `account:<id>`. */
  readonly person: string;
  /** Absent where nobody signed in here. */
  readonly signIn: SignIn | undefined;
  readonly nonce?: string | undefined;
  /** The access token that it comes with. */
  readonly accessToken?: string;
  /** The code that it comes with. */
  readonly code?: string;
  /** Claims about the person. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** ID tokens (OpenID Connect Core section 2). */
@Injectable()
export class IdTokens {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly subjects: Subjects,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** @param alg - as the client registered; a key is kept for it, or it cannot be registered */
  async sign(content: IdTokenContent, alg: AnswerAlgorithm, now: Instant): Promise<string> {
    const { relation, person, signIn, nonce, accessToken, code, claims } = content;
    return this.keyRing.sign(
      {
        ...claims,
        iss: this.options.issuer,
        sub: this.subjects.of(person, relation),
        aud: relation.clientId,
        azp: relation.clientId,
        exp: toNumericDate(now + this.options.accessTokenLifetime),
        iat: toNumericDate(now),
        ...signInClaims(signIn),
        ...(signIn?.sid !== undefined && { sid: signIn.sid }),
        ...(nonce !== undefined && { nonce }),
        ...(accessToken !== undefined && { at_hash: halfHash(accessToken, alg) }),
        ...(code !== undefined && { c_hash: halfHash(code, alg) }),
      },
      TYPE,
      alg,
    );
  }
}

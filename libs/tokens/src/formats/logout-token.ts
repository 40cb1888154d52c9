import { Inject, Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { newId, toNumericDate } from '@valetkey/kernel';
import { KeyRing } from '@valetkey/keys';
import type { AnswerAlgorithm } from '@valetkey/protocol';
import { TOKEN_OPTIONS } from '../token-options.js';
import type { TokenOptions } from '../token-options.js';
import type { Relation } from './subjects.service.js';
import { Subjects } from './subjects.service.js';

const TYPE = 'logout+jwt';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** As short as the delivery may take: a token that lies around ends nothing later. */
const LIFETIME: Duration = 120_000;

/** What a logout token says. */
export interface LogoutContent {
  readonly relation: Relation;
  /** `account:<id>`. */
  readonly person: string;
  /** The session that ended, as ID tokens named it. */
  readonly sid: string;
}

/** Logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.4). Never with a nonce, so that none passes for an ID token. */
@Injectable()
export class LogoutTokens {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly subjects: Subjects,
    @Inject(TOKEN_OPTIONS) private readonly options: Pick<TokenOptions, 'issuer'>,
  ) {}

  /** @param alg - as the client registered for its ID tokens (section 2.6) */
  sign({ relation, person, sid }: LogoutContent, alg: AnswerAlgorithm, now: Instant): Promise<string> {
    const claims = {
      iss: this.options.issuer,
      sub: this.subjects.of(person, relation),
      aud: relation.clientId,
      iat: toNumericDate(now),
      exp: toNumericDate(now + LIFETIME),
      jti: newId('lt'),
      events: { [EVENT]: {} },
      sid,
    };
    return this.keyRing.sign(claims, TYPE, alg);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Clock, toNumericDate } from '@valetkey/kernel';
import { ClientRegistry } from '@valetkey/clients';
import { encryptJws, KeyRing } from '@valetkey/keys';
import { OAuthError, Recipients } from '@valetkey/oauth';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { IntrospectionAnswer } from './introspection.service.js';

const TYPE = 'token-introspection+jwt';

/** Media type of a signed answer (RFC 9701 section 5). */
export const SIGNED_INTROSPECTION = `application/${TYPE}`;

/** Introspection answers as JWT (RFC 9701), which the caller can show to others. */
@Injectable()
export class SignedIntrospection {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly keyRing: KeyRing,
    private readonly recipients: Recipients,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** IR-20: nothing at the top that an access token has, so that nobody takes it for one. */
  async sign(answer: IntrospectionAnswer, callerId: string): Promise<string> {
    const caller = await this.clients.findEnabled(callerId);
    if (!caller) throw new OAuthError('invalid_client', 'client_unknown');
    const { algorithm, encryption } = this.recipients.introspection(caller);
    const claims = {
      iss: this.options.issuer,
      aud: callerId,
      iat: toNumericDate(this.clock.now()),
      token_introspection: answer,
    };
    const jws = await this.keyRing.sign(claims, TYPE, algorithm);
    return encryption ? encryptJws(jws, await encryption()) : jws;
  }
}

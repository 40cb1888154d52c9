import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import { Clock, toNumericDate } from '@valetkey/kernel';
import { encryptJws, KeyRing } from '@valetkey/keys';
import type { ErrorCode } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { AuthorizationAnswer } from '../domain/authorization-request/answer.js';
import { answerWith } from '../domain/authorization-request/answer.js';
import type { AnswerTarget } from '../domain/authorization-request/authorization-request.js';
import { Recipients } from '../recipients.service.js';

/** A signed answer is good for so long; its code ends earlier (JARM section 2.1: ten minutes at most). */
const SIGNED_ANSWER_LIFETIME = 300_000;

/** Answers to clients by way of the browser (RFC 6749 section 4.1.2, RFC 9207, JARM). */
@Injectable()
export class AuthorizationAnswers {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly registry: ClientRegistry,
    private readonly recipients: Recipients,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** @throws OAuthError when it must be encrypted and the client's key cannot be had, as {@link error} does */
  success(request: AnswerTarget, code: string): Promise<AuthorizationAnswer> {
    return this.answer(request, { code });
  }

  /** @param description - for the client's developer; never a person's data */
  error(request: AnswerTarget, code: ErrorCode, description?: string): Promise<AuthorizationAnswer> {
    return this.answer(request, { error: code, ...(description !== undefined && { error_description: description }) });
  }

  /** IS-01: the issuer is always named; IS-03: inside the JWT only, where there is one. */
  private async answer(target: AnswerTarget, outcome: Record<string, string>): Promise<AuthorizationAnswer> {
    const { state, responseMode } = target;
    const fields = { ...outcome, ...(state !== undefined && { state }), iss: this.options.issuer };
    if (!responseMode.endsWith('.jwt')) return answerWith(target, fields);
    return answerWith(target, { response: await this.sign(target.clientId, fields) });
  }

  private async sign(clientId: string, fields: Record<string, string>): Promise<string> {
    const client = await this.registry.find(clientId);
    const exp = toNumericDate(this.clock.now() + SIGNED_ANSWER_LIFETIME);
    const form = client && this.recipients.authorization(client);
    const jws = await this.keyRing.sign({ ...fields, aud: clientId, exp }, 'JWT', form?.algorithm);
    return form?.encryption ? encryptJws(jws, await form.encryption()) : jws;
  }
}

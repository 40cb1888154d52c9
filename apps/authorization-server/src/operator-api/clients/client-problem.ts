import { OAuthError } from '@valetkey/oauth';
import type { RegistrationError } from '../../authorization-api/registration/registration-error.js';

const MEMBER = /^([a-z_]+)/;

/** Settings that cannot be registered: the rule, and the field that it is about. */
export class ClientProblem extends OAuthError {
  private readonly rule: string;

  constructor({ body, reason }: RegistrationError, cause?: Error) {
    super('invalid_request', reason, {}, 400);
    this.rule = body.error_description;
    this.cause = cause;
  }

  override get body(): OAuthError['body'] & { readonly fields: Readonly<Record<string, string>> } {
    const member = MEMBER.exec(this.rule)?.[1] ?? '';
    return { ...super.body, error_description: this.rule, fields: { [member]: this.rule } };
  }
}

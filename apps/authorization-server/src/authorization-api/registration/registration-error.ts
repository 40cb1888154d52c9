import type { Reason } from '@valetkey/oauth';
import { OAuthError } from '@valetkey/oauth';
import type { ErrorCode, RegistrationErrorCode } from '@valetkey/protocol';

/** A registration that is refused, with the member that is wrong: values are never sent back. */
export class RegistrationError extends OAuthError {
  constructor(
    code: RegistrationErrorCode,
    reason: Reason,
    private readonly detail?: string,
  ) {
    super(code, reason);
  }

  override get body(): { error: ErrorCode; error_description: string } {
    return this.detail === undefined ? super.body : { error: this.code, error_description: this.detail };
  }
}

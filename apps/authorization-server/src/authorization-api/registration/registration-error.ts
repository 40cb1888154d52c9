import type { RedirectUriFault } from '@valetkey/clients';
import type { Reason } from '@valetkey/oauth';
import { OAuthError } from '@valetkey/oauth';
import type { ErrorCode, RegistrationErrorCode } from '@valetkey/protocol';

/** An address that breaks a rule, by words that stay. */
export interface AddressFault {
  readonly member: 'redirect_uris' | 'post_logout_redirect_uris' | 'claims_redirect_uris';
  /** Place in the list, from 0. */
  readonly entry: number;
  readonly kind: RedirectUriFault | 'wildcard' | 'https_of_web';
}

/** A registration that is refused, with the member that is wrong: values are never sent back. */
export class RegistrationError extends OAuthError {
  constructor(
    code: RegistrationErrorCode,
    reason: Reason,
    private readonly detail?: string,
    readonly fault?: AddressFault,
  ) {
    super(code, reason);
  }

  override get body(): { error: ErrorCode; error_description: string } {
    return this.detail === undefined ? super.body : { error: this.code, error_description: this.detail };
  }
}

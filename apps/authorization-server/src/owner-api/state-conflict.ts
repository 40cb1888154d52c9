import type { Reason } from '@valetkey/oauth';
import { OAuthError } from '@valetkey/oauth';

/** A change that came too late: somebody else was first. The answer tells how the thing is now, so that its reader need not ask. */
export class StateConflict extends OAuthError {
  constructor(
    code: 'invalid_state' | 'precondition_failed',
    reason: Reason,
    private readonly current: unknown,
  ) {
    super(code, reason);
  }

  override get body(): OAuthError['body'] {
    const body = { ...super.body, current: this.current };
    return body;
  }
}

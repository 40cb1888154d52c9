import { OAuthError } from '@valetkey/oauth';
import type { PolicyChangeProblem } from '@valetkey/uma';

/** Why a policy, which is what a share is, cannot be made or changed, as the owner API says it. */
export function policyProblem(outcome: PolicyChangeProblem): OAuthError {
  switch (outcome) {
    case 'scope_unknown':
      return new OAuthError('invalid_scope', 'scope_not_registered');
    case 'too_many':
      return new OAuthError('invalid_request', 'too_many_policies');
    case 'outlives_handover':
      return new OAuthError('invalid_request', 'outlives_handover');
    case 'stale':
      return new OAuthError('precondition_failed', 'version_differs');
    case 'not_found':
      return new OAuthError('not_found', 'not_found');
  }
}

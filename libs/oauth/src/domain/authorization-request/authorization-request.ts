import type { GrantManagementAction, Prompt, ResponseMode } from '@valetkey/protocol';
import type { AuthorizationDetail } from '@valetkey/tokens';
import type { ClaimsRequest } from './claims-request.js';

/**
 * What a client asks of a person (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1), checked against what the client
 * registered. Serialises as JSON, so that it can wait for her.
 */
export interface AuthorizationRequest {
  readonly clientId: string;
  /** Registered by the client; byte for byte as it was sent. */
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
  readonly nonce?: string;
  readonly scopes: readonly string[];
  /** Those of them that the client can work without; absent: none. */
  readonly optionalScopes?: readonly string[];
  /** Resource indicators (RFC 8707); empty: the resource server that the scopes belong to. */
  readonly resources: readonly string[];
  /** `S256` (RFC 7636 section 4.2). */
  readonly codeChallenge: string;
  readonly prompt: readonly Prompt[];
  /** Seconds; the client's default where the request says nothing. */
  readonly maxAge?: number;
  /** One of them is enough; empty: any sign-in. */
  readonly acrValues: readonly string[];
  readonly loginHint?: string;
  /** As it was sent: whoever uses it verifies it. */
  readonly idTokenHint?: string;
  /** Whom the client means, by what it may call her: `sub` asked for with a value (OpenID Connect Core section 3.1.2.2). */
  readonly subjects?: readonly string[];
  readonly uiLocales: readonly string[];
  readonly claims?: ClaimsRequest;
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  /** Thumbprint of the DPoP key that the code is for (RFC 9449 section 10). */
  readonly dpopJkt?: string;
  readonly grantId?: string;
  readonly grantManagementAction?: GrantManagementAction;
  /** The stored request that this one was pushed as; its code is issued once. */
  readonly pushed?: string;
}

/** Where an answer goes, and how. */
export type AnswerTarget = Pick<AuthorizationRequest, 'clientId' | 'redirectUri' | 'responseMode' | 'state'>;

/** A person who signed in: what of her session the decision and the code depend on. */
export interface SignedIn {
  /** Names the session to clients. */
  readonly id: string;
  readonly accountId: string;
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
}

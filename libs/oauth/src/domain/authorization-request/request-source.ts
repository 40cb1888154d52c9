/** What an authorization request may say by a number or a structure, where it is an object (RFC 9101 section 4). */
export const STRUCTURED_PARAMETERS = ['claims', 'authorization_details', 'max_age'] as const;
/** What it says by a text alone. */
export const TEXT_PARAMETERS = [
  ...(['response_type', 'response_mode', 'redirect_uri', 'scope', 'state', 'nonce'] as const),
  ...(['code_challenge', 'code_challenge_method', 'prompt', 'acr_values', 'ui_locales'] as const),
  ...(['login_hint', 'id_token_hint', 'dpop_jkt', 'grant_id', 'grant_management_action'] as const),
] as const;

/** A parameter that may come once; what is not named here is not read. */
export type AuthorizationParameter = (typeof STRUCTURED_PARAMETERS | typeof TEXT_PARAMETERS)[number];

/** Where parameters of an authorization request are read: a form, or the claims of a request object. */
export interface RequestSource {
  /** The value, or `undefined` when absent or empty. */
  get(name: AuthorizationParameter): string | undefined;
  /** Resource indicators, in the order of the request. */
  readonly resources: readonly string[];
}

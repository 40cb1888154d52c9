/**
 * Precise reasons of refusals and what a client is told about each. The reason goes to logs and tests and never leaves the
 * server; the description does. Where telling more would help an attacker, several reasons share one description.
 */
export const REASONS = {
  // requests
  malformed_body: 'The request body is not a well-formed form.',
  wrong_media_type: 'The request body must be application/x-www-form-urlencoded.',
  repeated_parameter: 'A parameter is included more than once.',
  parameter_missing: 'A required parameter is missing.',
  parameter_too_long: 'A parameter is too long.',
  parameter_not_allowed: 'A parameter does not belong to this request.',
  grant_type_unknown: 'This grant type is not supported.',
  grant_type_not_allowed: 'The client may not use this grant type.',
  // client authentication
  several_authentication_methods: 'Use one client authentication method.',
  client_unknown: 'Client authentication failed.',
  client_disabled: 'Client authentication failed.',
  secret_mismatch: 'Client authentication failed.',
  method_mismatch: 'Client authentication failed.',
  credentials_missing: 'Client authentication failed.',
  credentials_malformed: 'Client authentication failed.',
  assertion_type_unknown: 'Client authentication failed.',
  assertion_malformed: 'Client authentication failed.',
  assertion_invalid: 'Client authentication failed.',
  assertion_replayed: 'Client authentication failed.',
  client_id_mismatch: 'The client identifiers of the request differ.',
  too_many_failures: 'Too many failed attempts; try again later.',
  too_many_inactive: 'Too many unknown tokens; try again later.',
  // scope and audience
  scope_malformed: 'The scope is malformed.',
  scope_not_allowed: 'The client may not ask for this scope.',
  scope_missing: 'Say which scope is wanted.',
  scope_of_several_audiences: 'The scopes belong to several resource servers; ask for one token each.',
  scope_not_of_audience: 'The scope does not belong to the resource.',
  scope_wider_than_granted: 'The scope exceeds what was granted.',
  target_malformed: 'The resource indicator is malformed.',
  target_unknown: 'The client may not ask for tokens for this resource.',
  several_targets: 'Ask for one resource at a time.',
  // refresh
  refresh_token_unknown: 'The refresh token is not valid.',
  refresh_token_of_another_client: 'The refresh token is not valid.',
  refresh_token_dead: 'The refresh token is not valid.',
  refresh_token_reused: 'The refresh token is not valid.',
  refresh_token_answered_twice: 'The refresh token is not valid.',
  authorization_ended: 'The authorization behind this request has ended.',
  permissions_withdrawn: 'The permissions behind this token were withdrawn.',
  // UMA
  ticket_unknown: 'The permission ticket is not valid.',
  ticket_used: 'The permission ticket is not valid.',
  ticket_expired: 'The permission ticket is not valid.',
  ticket_of_another_client: 'The permission ticket is not valid.',
  ticket_resource_gone: 'A resource of the permission ticket is no longer registered.',
  claim_token_pair_incomplete: 'claim_token and claim_token_format go together.',
  scope_fits_no_resource: 'A requested scope fits no resource of the ticket.',
  nothing_asked: 'Say which scope is wanted: the ticket names none.',
  claims_needed: 'More claims about the requesting party are needed.',
  owner_must_decide: 'The resource owner was asked.',
  denied_by_owner: 'The resource owner has denied the request.',
  not_permitted: 'No policy permits the request.',
  too_many_open_requests: 'No policy permits the request.',
  // revocation
  token_of_another_client: 'The token belongs to another client.',
  // protection and owner APIs
  token_not_valid: 'An access token for this API is needed; this one is missing, ended, or for something else.',
  not_found: 'There is nothing here under this identifier.',
  resource_unknown: 'A resource identifier is not registered by this resource server for this owner.',
  scope_not_registered: 'A scope is not registered for its resource.',
  malformed_description: 'The resource description is missing a member, or one is invalid.',
  version_differs: 'It was changed in the meantime; read it again.',
  page_malformed: 'The page parameters are malformed.',
  policy_malformed: 'The policy is missing a member, or one is invalid.',
  decision_malformed: 'The decision is missing a member, or one is invalid.',
  wider_than_asked: 'An approval cannot give more than was asked.',
  nothing_given: 'An approval gives at least one scope.',
  nothing_left: 'Nothing of it is registered any more.',
  not_pending: 'The request has been decided already, or has expired.',
  too_many_policies: 'There are too many policies on this resource.',
  // faults
  conflict: 'The server is busy; try again.',
} as const;

export type Reason = keyof typeof REASONS;

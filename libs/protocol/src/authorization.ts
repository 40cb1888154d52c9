/**
 * How an authorization response travels (OAuth 2.0 Multiple Response Types 2.1, Form Post Response Mode, JARM 2.3). The short
 * name `jwt` means the default of the response type: `query.jwt`.
 */
export const RESPONSE_MODES = ['query', 'fragment', 'form_post', 'query.jwt', 'fragment.jwt', 'form_post.jwt'] as const;

export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** `prompt` (OpenID Connect Core section 3.1.2.1). */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;

export type Prompt = (typeof PROMPTS)[number];

/** What a client may do with a grant by name (Grant Management for OAuth 2.0). */
export const GRANT_MANAGEMENT_ACTIONS = ['create', 'merge', 'replace'] as const;

export type GrantManagementAction = (typeof GRANT_MANAGEMENT_ACTIONS)[number];

/** What every `request_uri` of a pushed request begins with (RFC 9126 section 2.2). */
export const PUSHED_REQUEST_PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** Explicit type of request objects (RFC 9101 section 10.8). */
export const REQUEST_OBJECT_TYPE = 'oauth-authz-req+jwt';

/** Claim token format of an OpenID Connect ID token (UMA Grant section 3.3.1). */
export const CLAIM_TOKEN_FORMAT_ID_TOKEN = 'http://openid.net/specs/openid-connect-core-1_0.html#IDToken';

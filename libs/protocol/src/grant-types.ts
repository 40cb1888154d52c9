/** Grant type identifiers (RFC 6749 sections 4.1, 4.4 and 6; RFC 8628 section 3.4; UMA 2.0 Grant section 3.3.1). */
export const GRANT_TYPE = {
  authorizationCode: 'authorization_code',
  clientCredentials: 'client_credentials',
  deviceCode: 'urn:ietf:params:oauth:grant-type:device_code',
  refreshToken: 'refresh_token',
  umaTicket: 'urn:ietf:params:oauth:grant-type:uma-ticket',
} as const;

export type GrantType = (typeof GRANT_TYPE)[keyof typeof GRANT_TYPE];

/** What an authentication method adds to a request: header fields, form parameters, or both. */
export interface ClientCredentials {
  headers?: Record<string, string>;
  form?: Record<string, string>;
}

/**
 * How the resource server proves who it is when it calls the authorization server. Called once for each request, with
 * the issuer as the audience, so that a method with signed assertions (`private_key_jwt`) can make a fresh one.
 */
export type ClientAuthentication = (issuer: string) => ClientCredentials | Promise<ClientCredentials>;

/** `client_secret_basic`. Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
export function clientSecretBasic(clientId: string, secret: string): ClientAuthentication {
  const credentials = Buffer.from(`${formEncoded(clientId)}:${formEncoded(secret)}`).toString('base64');
  return () => ({ headers: { authorization: `Basic ${credentials}` } });
}

/** `client_secret_post` (RFC 6749 section 2.3.1). */
export function clientSecretPost(clientId: string, secret: string): ClientAuthentication {
  return () => ({ form: { client_id: clientId, client_secret: secret } });
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

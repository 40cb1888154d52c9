import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import type { SessionApi } from '../support/console.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { allowed } from '../support/person.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { PHOTOS } from '../support/world.js';

export const RETURN = 'https://shop.example/back';

/** What an operator says of a client, complete. */
export const SETTINGS = {
  client_name: 'Frame shop',
  publisher: 'Frames & Sons',
  application_type: 'web',
  'purpose#en': '',
  'purpose#de': '',
  client_uri: '',
  logo_uri: '',
  tos_uri: '',
  policy_uri: '',
  token_endpoint_auth_method: 'client_secret_basic',
  jwks_uri: '',
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  scope: 'openid profile offline_access photos.read',
  audiences: [PHOTOS],
  redirect_uris: [RETURN],
  post_logout_redirect_uris: [],
  claims_redirect_uris: [],
  backchannel_logout_uri: '',
};

export interface ClientJson {
  readonly client_id: string;
  readonly name: string;
  readonly state: string;
  readonly origin: string;
  readonly kind: string;
  readonly version: string;
  readonly settings: Record<string, unknown>;
  readonly people: { readonly count: number };
  readonly client_secret?: string;
}

export async function registered(api: SessionApi, settings: object = {}): Promise<ClientJson> {
  const answer = await api.change('POST', 'clients', { ...SETTINGS, ...settings });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.json<ClientJson & Record<string, unknown>>();
}

/** A client that an operator registered, at work. */
export function atWork(
  { http, issuer }: Pick<Server, 'http' | 'issuer'>,
  client: ClientJson,
  secret = client.client_secret ?? '',
) {
  const id = client.client_id;
  const post = (path: string, form: Form): Promise<Answer> =>
    http.form(path, form, { headers: { authorization: basic(id, secret) } });
  /** Tokens that alice allows it. */
  const tokens = async (): Promise<{ access: string; refresh: Record<string, string> }> => {
    const request = authorizationRequest({ client_id: id, redirect_uri: RETURN, scope: SETTINGS.scope });
    const back = await allowed(
      new FormBrowser(issuer),
      `${issuer}/authorize?${new URLSearchParams(request).toString()}`,
    );
    const code = back.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: RETURN, code_verifier: VERIFIER };
    const answer = await post('/token', form);
    const refresh = { grant_type: 'refresh_token', refresh_token: textMember(answer, 200, 'refresh_token') };
    return { access: textMember(answer, 200, 'access_token'), refresh };
  };
  return { post, tokens };
}

import type { JWTPayload } from 'jose';
import type { RequestSource } from '../domain/authorization-request/request-source.js';
import { isParameterText } from '../domain/parameter-text.js';
import { OAuthError } from '../domain/oauth-error.js';

/** What a request object may say by a number or a structure; whatever else is read of it is a text (RFC 9101 section 4). */
const STRUCTURED: ReadonlySet<string> = new Set(['claims', 'authorization_details', 'max_age']);
/** What is looked at as soon as the object is there: all that a request can say, also where its answer would go. */
const TEXTS = [
  'response_type',
  'response_mode',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'acr_values',
  'ui_locales',
  'login_hint',
  'id_token_hint',
  'dpop_jkt',
  'grant_id',
  'grant_management_action',
] as const;

/** Claims of a request object, read as parameters: the same texts that a form may have, and structures as their JSON. */
export class RequestObjectSource implements RequestSource {
  readonly resources: readonly string[];

  /** @throws OAuthError invalid_request_object for a member that is no text where it has to be, or one that no form could hold */
  constructor(private readonly claims: JWTPayload) {
    for (const name of [...TEXTS, ...STRUCTURED]) this.get(name);
    const resources = [claims['resource'] ?? []].flat().map(textOf);
    this.resources = resources.filter((resource) => resource !== '');
  }

  get(name: string): string | undefined {
    const value = Object.hasOwn(this.claims, name) ? this.claims[name] : undefined;
    if (value === undefined || value === null || value === '') return undefined;
    return textOf(typeof value !== 'string' && STRUCTURED.has(name) ? JSON.stringify(value) : value);
  }
}

/** Its length is bounded by that of the object, which came as a parameter itself. @throws OAuthError invalid_request_object */
function textOf(value: unknown): string {
  if (typeof value === 'string' && isParameterText(value)) return value;
  throw new OAuthError('invalid_request_object', 'request_object_invalid');
}

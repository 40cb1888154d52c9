import type { JWTPayload } from 'jose';
import type { AuthorizationParameter, RequestSource } from '../domain/authorization-request/request-source.js';
import { STRUCTURED_PARAMETERS, TEXT_PARAMETERS } from '../domain/authorization-request/request-source.js';
import { isParameterText } from '../domain/parameter-text.js';
import { OAuthError } from '../domain/oauth-error.js';

const STRUCTURED: ReadonlySet<string> = new Set(STRUCTURED_PARAMETERS);

/** Claims of a request object, read as parameters: the same texts that a form may have, and structures as their JSON. */
export class RequestObjectSource implements RequestSource {
  readonly resources: readonly string[];

  /** @throws OAuthError invalid_request_object for a member that is no text where it has to be, or one that no form could hold */
  constructor(private readonly claims: JWTPayload) {
    // All at once, since it is read in several places, and also to say where the refusal goes.
    for (const name of [...TEXT_PARAMETERS, ...STRUCTURED_PARAMETERS]) this.get(name);
    const resources = [claims['resource'] ?? []].flat().map(textOf);
    this.resources = resources.filter((resource) => resource !== '');
  }

  get(name: AuthorizationParameter): string | undefined {
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

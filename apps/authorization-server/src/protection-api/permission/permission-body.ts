import { OAuthError } from '@valetkey/oauth';
import type { PermissionRequest } from '@valetkey/uma';
import { isObject, parseResourceScopes } from '@valetkey/uma';

const MOST_RESOURCES = 50;
const LONGEST_ID = 200;

/**
 * One object or an array of them (FedAuthz section 4.1).
 * @throws OAuthError invalid_request for an empty or overlong array, a resource named twice, a missing or malformed member
 */
export function parsePermissionBody(body: unknown): PermissionRequest[] {
  const elements: unknown[] = Array.isArray(body) ? body : [body];
  if (elements.length === 0 || elements.length > MOST_RESOURCES) throw malformed();
  const requests = elements.map(parseElement);
  if (new Set(requests.map((request) => request.resourceId)).size < requests.length) throw malformed();
  return requests;
}

function parseElement(element: unknown): PermissionRequest {
  if (!isObject(element)) throw malformed();
  const { resource_id: resourceId, resource_scopes: wanted } = element;
  const scopes = parseResourceScopes(wanted);
  if (typeof resourceId !== 'string' || resourceId === '' || resourceId.length > LONGEST_ID || !scopes)
    throw malformed();
  return { resourceId, scopes };
}

function malformed(): OAuthError {
  return new OAuthError('invalid_request', 'malformed_body');
}

import { RESOURCE_ID_PAGE } from '../../protection-api/resource-registration/resource-id-page.js';
import type { Json, Paths } from '../operation.js';
import { answer, ETAG, header, IF_MATCH, jsonBody, pageParameters, pathId, refusals } from '../operation.js';
import { BY_PROTECTION_TOKEN } from '../security-schemes.js';

const COMMON = { tags: ['Protection API'], security: BY_PROTECTION_TOKEN };
const NOT_ALLOWED = ['invalid_token', 'insufficient_scope'] as const;
const ID = pathId('The `_id` of the resource.');
const LOCATION: Json = { ...ETAG, Location: header('Where the resource is read.') };
const LINK: Json = { Link: header('`rel="next"`: the next page; absent on the last.') };
const DESCRIPTION = jsonBody('ResourceDescription', 'What is protected, and the scopes it knows.');

const COLLECTION: Json = {
  get: {
    ...COMMON,
    summary: 'Identifiers of the resources registered for this owner (FedAuthz section 3.2.5)',
    parameters: pageParameters(RESOURCE_ID_PAGE),
    responses: {
      200: answer('One page.', 'ResourceIds', LINK),
      ...refusals('invalid_request', ...NOT_ALLOWED),
    },
  },
  post: {
    ...COMMON,
    summary: 'Registers a resource (FedAuthz section 3.2.1)',
    requestBody: DESCRIPTION,
    responses: {
      201: answer('Registered.', 'RegisteredResource', LOCATION),
      ...refusals('invalid_request', ...NOT_ALLOWED),
    },
  },
};

const ITEM: Json = {
  parameters: [ID],
  get: {
    ...COMMON,
    operationId: 'readResource',
    summary: 'Reads a resource (FedAuthz section 3.2.2)',
    responses: {
      200: answer('The description.', 'DescribedResource', ETAG),
      ...refusals('not_found', ...NOT_ALLOWED),
    },
  },
  put: {
    ...COMMON,
    operationId: 'replaceResource',
    summary: 'Replaces the description (FedAuthz section 3.2.3)',
    parameters: [IF_MATCH],
    requestBody: DESCRIPTION,
    responses: {
      200: answer('Replaced.', 'RegisteredResource', ETAG),
      ...refusals('invalid_request', 'not_found', 'precondition_failed', ...NOT_ALLOWED),
    },
  },
  delete: {
    ...COMMON,
    operationId: 'removeResource',
    summary: 'Removes a resource, its policies and all permissions on it (FedAuthz section 3.2.4)',
    parameters: [IF_MATCH],
    responses: {
      204: { description: 'Removed.' },
      ...refusals('not_found', 'precondition_failed', ...NOT_ALLOWED),
    },
  },
};

/** What a resource server does for an owner. */
export const PROTECTION_PATHS: Paths = {
  '/uma/resources/': COLLECTION,
  '/uma/resources': { description: 'The same without the slash.', ...COLLECTION },
  '/uma/resources/{id}': ITEM,
  '/uma/permission': {
    post: {
      ...COMMON,
      operationId: 'requestPermission',
      summary: 'Makes a permission ticket for what a client tried (FedAuthz section 4)',
      requestBody: jsonBody('PermissionRequest', 'One resource, or several.'),
      responses: {
        201: answer('The ticket to hand to the client.', 'PermissionTicket'),
        ...refusals('invalid_request', 'invalid_resource_id', 'invalid_scope', ...NOT_ALLOWED),
      },
    },
  },
};

import { RESOURCE_PAGE } from '../../owner-api/resources/resource-query.js';
import type { Json, Paths } from '../operation.js';
import { answer, jsonBody, pageParameters, pathId, queryParameter, refusals } from '../operation.js';
import { BY_OWNER_READING, BY_OWNER_WRITING } from '../security-schemes.js';

const READING = { tags: ['Owner API'], security: BY_OWNER_READING };
const WRITING = { tags: ['Owner API'], security: BY_OWNER_WRITING };
const NOT_ALLOWED = ['invalid_token', 'insufficient_scope'] as const;
const LANGUAGES: Json = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description: 'Languages for the names of scopes and resources, where there are any.',
  schema: { type: 'string' },
};

const RESOURCE_FILTERS: readonly Json[] = [
  queryParameter('q', 'Words of names and descriptions, in any language.', { type: 'string', maxLength: 100 }),
  queryParameter('show', '`ending`: some access ends within fourteen days.', {
    enum: ['all', 'shared', 'private', 'ending', 'starred'],
    default: 'all',
  }),
  queryParameter('label', 'Those with this label.', { type: 'string', maxLength: 40 }),
  queryParameter('service', 'Those of this service.', { type: 'string' }),
];

const RESOURCE_ID = pathId('The `id` of the resource.');

/** A mark that is put on a resource as a whole. */
function mark(operationId: string, summary: string, schema: string): Json {
  return {
    parameters: [RESOURCE_ID],
    put: {
      ...WRITING,
      operationId,
      summary,
      requestBody: jsonBody(schema, 'As it shall be.'),
      responses: { 200: answer('As it is.', schema), ...refusals('invalid_request', 'not_found', ...NOT_ALLOWED) },
    },
  };
}

/** What the console shows of resources. */
export const OWNER_CONSOLE_PATHS: Paths = {
  '/me/resources': {
    get: {
      ...READING,
      operationId: 'listOwnResources',
      summary: 'Resources of the owner, by service and there by name',
      parameters: [...pageParameters(RESOURCE_PAGE), ...RESOURCE_FILTERS, LANGUAGES],
      responses: { 200: answer('One page.', 'OwnedResourceList'), ...refusals('invalid_request', ...NOT_ALLOWED) },
    },
  },
  '/me/resources/{id}': {
    parameters: [RESOURCE_ID],
    get: {
      ...READING,
      operationId: 'readOwnResource',
      summary: 'Reads a resource',
      parameters: [LANGUAGES],
      responses: { 200: answer('The resource.', 'OwnedResourceView'), ...refusals('not_found', ...NOT_ALLOWED) },
    },
  },
  '/me/resources/{id}/star': mark('starResource', 'Marks a resource with a star, or takes it away', 'Star'),
  '/me/resources/{id}/labels': mark('labelResource', 'Makes the labels of a resource what is given', 'Labels'),
  '/me/summary': {
    get: {
      ...READING,
      operationId: 'readSummary',
      summary: 'How much the owner has, where, and who waits',
      parameters: [LANGUAGES],
      responses: { 200: answer('The figures.', 'Summary'), ...refusals(...NOT_ALLOWED) },
    },
  },
};

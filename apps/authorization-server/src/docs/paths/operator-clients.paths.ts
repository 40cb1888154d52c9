import { CLIENT_PAGE } from '../../operator-api/clients/client-page.js';
import type { Json, Paths } from '../operation.js';
import {
  answer,
  ETAG,
  IF_MATCH_NEEDED,
  jsonBody,
  page,
  pageParameters,
  pathId,
  queryParameter,
  refusals,
} from '../operation.js';
import { BY_OPERATOR, NO_OPERATOR } from './operator.paths.js';

const ID = pathId('`client_id`.');
const SETTINGS = jsonBody('ClientSettings', 'All of it, with the names of RFC 7591.');
const NO_SUCH = refusals('not_found');
/** Of a change that needs the version that was read. */
const LATE = ['precondition_failed', 'precondition_required'] as const;

function change(operationId: string, summary: string, responses: Json, ...parameters: readonly Json[]): Json {
  return { ...BY_OPERATOR, operationId, summary, parameters, responses: { ...responses, ...NO_OPERATOR } };
}

const CLIENT_ITEM: Json = {
  parameters: [ID],
  get: {
    ...BY_OPERATOR,
    operationId: 'readOperatedClient',
    summary: 'A client: its settings, its use, how many people it holds something of',
    responses: { 200: answer('The client.', 'OperatedClient', ETAG), ...NO_SUCH, ...NO_OPERATOR },
  },
  put: {
    ...change(
      'replaceOperatedClient',
      'Changes what is registered of a client that an operator registered',
      {
        200: answer('Changed; with a secret where it begins to use one.', 'RegisteredClient', ETAG),
        ...refusals('invalid_request', 'not_found', 'invalid_state', ...LATE),
      },
      IF_MATCH_NEEDED,
    ),
    requestBody: SETTINGS,
  },
  delete: change(
    'removeOperatedClient',
    'Removes a client that the configuration does not name, and ends all that it holds',
    {
      200: answer('What ended with it.', 'RemovedClient'),
      ...refusals('not_found', 'invalid_state', ...LATE),
    },
    IF_MATCH_NEEDED,
  ),
};

export const OPERATOR_CLIENT_PATHS: Paths = {
  '/operator-api/clients': {
    get: {
      ...BY_OPERATOR,
      operationId: 'listOperatedClients',
      summary: 'Clients, in the order of their names',
      parameters: [
        ...pageParameters(CLIENT_PAGE),
        queryParameter('q', 'Part of a name, publisher or client_id, whatever its case and accents.', {
          type: 'string',
          maxLength: 200,
        }),
        queryParameter('state', 'Those alone that are so.', { enum: ['active', 'suspended', 'off'] }),
        queryParameter('origin', 'Those alone that were made by these.', {
          enum: ['configuration', 'operator', 'registration'],
        }),
      ],
      responses: { 200: answer('One page.', 'ClientList'), ...refusals('invalid_request'), ...NO_OPERATOR },
    },
    post: {
      ...change('registerOperatedClient', 'Registers a client', {
        201: answer('Registered; its secret is in this answer and in no other.', 'RegisteredClient', ETAG),
        ...refusals('invalid_request'),
      }),
      requestBody: SETTINGS,
    },
  },
  '/operator-api/clients/preview': {
    post: {
      ...change('previewClient', 'What people would be asked by a client with these settings; nothing is kept', {
        200: answer('The page.', 'ConsentPreview'),
        ...refusals('invalid_request'),
      }),
      requestBody: SETTINGS,
    },
  },
  '/operator-api/clients/{id}': CLIENT_ITEM,
  '/operator-api/clients/{id}/preview': {
    parameters: [ID],
    post: {
      ...change('previewChangedClient', 'What people would be asked if a client had these settings; nothing is kept', {
        200: answer('The page.', 'ConsentPreview'),
        ...refusals('invalid_request', 'not_found', 'invalid_state'),
      }),
      requestBody: SETTINGS,
    },
  },
  '/operator-api/clients/{id}/secret': {
    parameters: [ID],
    post: change(
      'renewOperatedClientSecret',
      'Makes a second secret, beside which the one before stays valid for a while; one older than that ends at once',
      {
        201: answer('The secret, which is in this answer and in no other.', 'RenewedSecret'),
        ...refusals('not_found', 'invalid_state', ...LATE),
      },
      IF_MATCH_NEEDED,
    ),
  },
  '/operator-api/clients/{id}/suspend': {
    parameters: [ID],
    post: change(
      'suspendOperatedClient',
      'Nothing that the client holds opens anything from now on; nothing of it ends',
      {
        200: answer('The client.', 'OperatedClient', ETAG),
        ...refusals('not_found', ...LATE),
      },
      IF_MATCH_NEEDED,
    ),
  },
  '/operator-api/clients/{id}/resume': {
    parameters: [ID],
    post: change(
      'resumeOperatedClient',
      'What the client held and was not ended meanwhile is as it was',
      {
        200: answer('The client.', 'OperatedClient', ETAG),
        ...refusals('not_found', ...LATE),
      },
      IF_MATCH_NEEDED,
    ),
  },
  '/operator/preview/{id}': {
    parameters: [ID],
    get: {
      tags: ['People'],
      security: [],
      operationId: 'previewConsent',
      summary: 'For operators: what people are asked on the way to a client, with nothing to decide',
      responses: { 200: page('The consent page, marked as a preview.') },
    },
  },
};

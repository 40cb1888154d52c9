import { ACCESS_FILTERS } from '../../owner-api/access/access-entry.js';
import { OWNER_PAGE } from '../../owner-api/owner-pages.js';
import type { Json, Paths } from '../operation.js';
import {
  answer,
  ETAG,
  IF_MATCH,
  IF_MATCH_NEEDED,
  jsonBody,
  pageParameters,
  pathId,
  queryParameter,
  refusals,
} from '../operation.js';
import { BY_OWNER_READING, BY_OWNER_WRITING } from '../security-schemes.js';

const READING = { tags: ['Owner API'], security: BY_OWNER_READING };
const WRITING = { tags: ['Owner API'], security: BY_OWNER_WRITING };
const NOT_ALLOWED = ['invalid_token', 'insufficient_scope'] as const;
const PAGE = pageParameters(OWNER_PAGE);
const TEXT: Json = { type: 'string' };
const INSTANT: Json = { type: 'string', format: 'date-time' };
const HOLDER = queryParameter('holder', 'Of this holder alone: a handle.', TEXT);
const RESOURCE = queryParameter('resource_id', 'On this resource alone.', TEXT);
const ACCESS_ID = pathId('The `id` of the access.');

const ACTIVITY = [
  queryParameter('from', 'What happened since.', INSTANT),
  queryParameter('to', 'What happened before.', INSTANT),
  HOLDER,
  RESOURCE,
  queryParameter('application', 'Through this application alone: its handle or `client_id`.', TEXT),
  queryParameter('access_id', 'About this access alone.', TEXT),
  queryParameter('kind', 'Of this kind alone.', TEXT),
  queryParameter('q', 'Words of names, of permissions as they are described, and references.', {
    type: 'string',
    maxLength: 100,
  }),
];

const STOP: Json = {
  get: {
    ...READING,
    operationId: 'previewStop',
    summary: 'What a stop would end',
    parameters: [queryParameter('subject', 'All that this holder has; absent: everybody.', TEXT)],
    responses: { 200: answer('What would end.', 'StopPreview'), ...refusals('invalid_request', ...NOT_ALLOWED) },
  },
  post: {
    ...WRITING,
    operationId: 'stopAccess',
    summary: 'Ends everything, or all that one holder has; what services need that keep the things stays',
    requestBody: jsonBody('StopBody', 'Whose access, and whether all sessions of the owner end.'),
    responses: { 200: answer('What ended.', 'EndedAccess'), ...refusals('invalid_request', ...NOT_ALLOWED) },
  },
};

/** Who has access to what is an owner's, its end and its way back, and what happened. */
export const ACCESS_PATHS: Paths = {
  '/me/access': {
    get: {
      ...READING,
      operationId: 'listAccess',
      summary: 'Who has access, however it was given',
      parameters: [
        ...PAGE,
        queryParameter('by', 'The order.', { enum: ['holder', 'resource'], default: 'holder' }),
        queryParameter('q', 'Words of the names of holders, resources and services.', {
          type: 'string',
          maxLength: 100,
        }),
        queryParameter('filter', 'Which.', { enum: ACCESS_FILTERS, default: 'all' }),
        HOLDER,
        RESOURCE,
      ],
      responses: { 200: answer('One page.', 'AccessList'), ...refusals('invalid_request', ...NOT_ALLOWED) },
    },
  },
  '/me/access/{id}': {
    parameters: [ACCESS_ID],
    get: {
      ...READING,
      operationId: 'readAccess',
      summary: 'One access with its history and the chains by which it was used; ended ones for thirty days',
      responses: { 200: answer('The access.', 'AccessView', ETAG), ...refusals('not_found', ...NOT_ALLOWED) },
    },
    put: {
      ...WRITING,
      operationId: 'shortenAccess',
      summary: 'Gives what an application holds by consent an earlier end; tokens of it are over then',
      parameters: [IF_MATCH_NEEDED],
      requestBody: jsonBody('AccessEndBody', 'The end.'),
      responses: {
        200: answer('How it is now.', 'AccessRow'),
        ...refusals(
          'invalid_request',
          'not_found',
          'invalid_state',
          'precondition_failed',
          'precondition_required',
          ...NOT_ALLOWED,
        ),
      },
    },
    delete: {
      ...WRITING,
      operationId: 'endAccess',
      summary: 'Ends it, with all that it led to, at once',
      parameters: [
        IF_MATCH,
        {
          name: 'cut_off',
          in: 'query',
          description:
            'Needed where the row says `keeps_the_data`: without that access nobody gets at the things that the service keeps.',
          schema: { enum: ['true'] },
        },
      ],
      responses: {
        200: answer('Ended.', 'EndedAccess'),
        ...refusals('not_found', 'invalid_state', 'precondition_failed', ...NOT_ALLOWED),
      },
    },
  },
  '/me/removed': {
    get: {
      ...READING,
      operationId: 'listRemovedAccess',
      summary: 'What ended in the last seven days',
      parameters: PAGE,
      responses: { 200: answer('One page.', 'RemovedAccessList'), ...refusals('invalid_request', ...NOT_ALLOWED) },
    },
  },
  '/me/removed/{id}/give-back': {
    parameters: [pathId('The `removed_id`.')],
    post: {
      ...WRITING,
      operationId: 'giveAccessBack',
      summary: 'Gives it back on the same terms, as a new share or consent',
      responses: {
        201: answer('What came back, under an id of its own.', 'GivenBackAccess'),
        ...refusals('invalid_request', 'not_found', 'invalid_state', ...NOT_ALLOWED),
      },
    },
  },
  '/me/shares': {
    post: {
      ...WRITING,
      operationId: 'share',
      summary: 'Shares up to a hundred resources with one holder: all of it or nothing',
      requestBody: jsonBody('ShareBody', 'With whom, what, from when until when.'),
      responses: {
        201: answer('The shares.', 'ShareList'),
        ...refusals('invalid_request', 'invalid_scope', 'not_found', 'invalid_state', ...NOT_ALLOWED),
      },
    },
  },
  '/me/shares/{id}': {
    parameters: [ACCESS_ID],
    put: {
      ...WRITING,
      operationId: 'changeShare',
      summary: 'Changes what is shared and how long; 412 brings the present one as `current`',
      parameters: [IF_MATCH_NEEDED],
      requestBody: jsonBody('ShareChangeBody', 'What, from when until when.'),
      responses: {
        200: answer('Changed.', 'AccessRow', ETAG),
        ...refusals(
          ...([
            'invalid_request',
            'invalid_scope',
            'not_found',
            'invalid_state',
            'precondition_failed',
            'precondition_required',
          ] as const),
          ...NOT_ALLOWED,
        ),
      },
    },
  },
  '/me/stop': STOP,
  '/me/check-up': {
    get: {
      ...READING,
      operationId: 'readCheckUp',
      summary: 'What the owner should look at, worst first, ten at most',
      responses: { 200: answer('The check-up.', 'CheckUp'), ...refusals(...NOT_ALLOWED) },
    },
  },
  '/me/check-up/{id}/keep': {
    parameters: [ACCESS_ID],
    post: {
      ...WRITING,
      operationId: 'keepAccess',
      summary: 'The owner has looked at it and keeps it',
      responses: { 204: { description: 'Kept.' }, ...refusals('not_found', ...NOT_ALLOWED) },
    },
  },
  '/me/activity': {
    get: {
      ...READING,
      operationId: 'listActivity',
      summary: 'What happened, newest first',
      description:
        'With `q` an answer looks at two thousand lines at most, and may have few or none of them and a `next_cursor`: older ones were not looked at.',
      parameters: [...PAGE, ...ACTIVITY],
      responses: { 200: answer('One page.', 'ActivityList'), ...refusals('invalid_request', ...NOT_ALLOWED) },
    },
  },
  '/me/activity/table': {
    get: {
      ...READING,
      operationId: 'downloadActivity',
      summary: 'The same as a table, of the newest ten thousand lines',
      parameters: [
        ...ACTIVITY,
        queryParameter('lang', 'The language of the table, before those of the browser.', TEXT),
      ],
      responses: {
        200: { description: 'RFC 4180.', content: { 'text/csv': { schema: TEXT } } },
        ...refusals('invalid_request', ...NOT_ALLOWED),
      },
    },
  },
};

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
  refusal,
  refusals,
} from '../operation.js';
import { BY_OWNER_READING, BY_OWNER_SESSION, BY_OWNER_WRITING } from '../security-schemes.js';

const READING = { tags: ['Owner API'], security: BY_OWNER_READING };
const WRITING = { tags: ['Owner API'], security: BY_OWNER_WRITING };
const NOT_ALLOWED = ['invalid_token', 'insufficient_scope'] as const;
const NO_SUCH = refusals('not_found', ...NOT_ALLOWED);
const PAGE = pageParameters(OWNER_PAGE);
const LANGUAGES: Json = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description: 'Languages for the names of scopes and resources, where there are any.',
  schema: { type: 'string' },
};
const POLICY_BODY = jsonBody('PolicyBody', 'Whom, through which client, which scopes, from when until when.');
const DECIDED = refusals('invalid_request', 'not_found', 'invalid_state', 'precondition_failed', ...NOT_ALLOWED);

function list(operationId: string, summary: string, schema: string, ...parameters: readonly Json[]): Json {
  const responses = { 200: answer('One page.', schema), ...refusals('invalid_request', ...NOT_ALLOWED) };
  return { ...READING, operationId, summary, parameters: [...PAGE, ...parameters], responses };
}

function read(operationId: string, summary: string, responses: Json, ...parameters: readonly Json[]): Json {
  return { ...READING, operationId, summary, parameters, responses: { ...responses, ...NO_SUCH } };
}

const POLICY_ITEM: Json = {
  parameters: [pathId('The `id` of the policy.')],
  get: read('readPolicy', 'Reads a policy', { 200: answer('The policy.', 'Policy', ETAG) }),
  put: {
    ...WRITING,
    operationId: 'replacePolicy',
    summary: 'Replaces a policy; what it permitted before is withdrawn at once',
    parameters: [IF_MATCH_NEEDED],
    requestBody: POLICY_BODY,
    responses: {
      200: answer('Replaced.', 'Policy', ETAG),
      ...refusals(
        'invalid_request',
        'invalid_scope',
        'not_found',
        'precondition_failed',
        'precondition_required',
        ...NOT_ALLOWED,
      ),
    },
  },
  delete: {
    ...WRITING,
    operationId: 'removePolicy',
    summary: 'Removes a policy and withdraws what it permitted',
    parameters: [IF_MATCH],
    responses: { 204: { description: 'Removed.' }, ...refusals('not_found', 'precondition_failed', ...NOT_ALLOWED) },
  },
};

function decision(operationId: string, summary: string, others: Json): Json {
  return {
    parameters: [pathId('The `id` of the request.')],
    post: { ...WRITING, operationId, summary, parameters: [IF_MATCH, LANGUAGES], ...others },
  };
}

/** By a session: `X-CSRF-Token` or `Origin` is not as it must be. */
const FORGED: Json = { 403: refusal(['access_denied', 'insufficient_scope'], 403) };
const NOBODY = refusals('invalid_request');
const NOT_SIGNED_IN: Json = { 401: refusal(['login_required'], 401) };
const BY_SESSION = { tags: ['Owner API'], security: BY_OWNER_SESSION };

const LAST_EVENT_ID: Json = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The `id` of the last line that came: those after it come first, the newest hundred at most.',
  schema: { type: 'string' },
};

/** What an owner does. */
export const OWNER_PATHS: Paths = {
  '/me/session': {
    get: {
      ...BY_SESSION,
      operationId: 'readSession',
      summary: 'Who is signed in at this browser, and what goes with her changes',
      parameters: [queryParameter('zone', 'IANA name of the zone of the device.', { type: 'string' })],
      responses: { 200: answer('The session.', 'OwnerSession'), ...NOT_SIGNED_IN },
    },
    delete: {
      ...BY_SESSION,
      operationId: 'signOutHere',
      summary: 'Signs out: the session ends here and at the clients that know it',
      responses: { 204: { description: 'Ended.' }, ...NOBODY, ...NOT_SIGNED_IN, ...FORGED },
    },
  },
  '/me/events': {
    get: {
      ...BY_SESSION,
      operationId: 'listen',
      summary: 'What happens to her things, as it happens: server-sent events of the types `activity` and `news`',
      description:
        'Each `activity` is a line of `/me/activity`; a line may come twice. `news` has the data `{}` and no id: `/me/shared-with-me` or ' +
        '`/me/asked` is to be read again, as it is after a time without a connection. At most five streams of an owner on one node; a ' +
        'stream ends with the session.',
      parameters: [LAST_EVENT_ID, LANGUAGES],
      responses: {
        200: { description: 'A stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        ...NOT_SIGNED_IN,
        429: refusal(['temporarily_unavailable'], 429),
        503: refusal(['temporarily_unavailable'], 503),
      },
    },
  },
  '/me/policies': {
    get: list(
      'listPolicies',
      'What the owner permits',
      'PolicyList',
      queryParameter('resource_id', 'Policies on this resource alone.', { type: 'string' }),
    ),
    post: {
      ...WRITING,
      operationId: 'addPolicy',
      summary: 'Permits something',
      requestBody: POLICY_BODY,
      responses: {
        201: answer('The policy.', 'Policy', ETAG),
        ...refusals('invalid_request', 'invalid_scope', 'not_found', ...NOT_ALLOWED),
      },
    },
  },
  '/me/policies/{id}': POLICY_ITEM,
  '/me/requests': {
    get: list(
      'listRequests',
      'Who asked for the word of the owner',
      'AccessRequestList',
      queryParameter('state', 'Only those that wait, or only those that do not.', { enum: ['pending', 'answered'] }),
      LANGUAGES,
    ),
  },
  '/me/requests/{id}': {
    parameters: [pathId('The `id` of the request.')],
    get: read('readRequest', 'Reads a request', { 200: answer('The request.', 'AccessRequest', ETAG) }, LANGUAGES),
  },
  '/me/requests/{id}/approve': decision('approveRequest', 'Approves: as asked, fewer scopes, or a shorter time', {
    requestBody: { ...jsonBody('ApprovalBody', 'Nothing: as asked.'), required: false },
    responses: {
      200: answer('Approved.', 'AccessRequest', ETAG),
      ...DECIDED,
      ...refusals('invalid_request', 'invalid_scope'),
    },
  }),
  '/me/requests/{id}/deny': decision('denyRequest', 'Denies a request', {
    requestBody: { ...jsonBody('DenialBody', 'Nothing: without a word.'), required: false },
    responses: { 200: answer('Denied.', 'AccessRequest', ETAG), ...DECIDED },
  }),
  '/me/requests/{id}/reopen': decision('reopenRequest', 'Takes a denial back, while the request would still wait', {
    responses: { 200: answer('It waits again.', 'AccessRequest', ETAG), ...DECIDED },
  }),
  '/me/authorizations': {
    get: list('listAuthorizations', 'Who holds what of the owner', 'AuthorizationList', LANGUAGES),
  },
  '/me/authorizations/{id}': {
    parameters: [pathId('The `grant_id`.')],
    get: read('readAuthorization', 'Reads one', { 200: answer('The authorization.', 'Authorization') }, LANGUAGES),
    delete: {
      ...WRITING,
      operationId: 'endAuthorization',
      summary: 'Ends it with all its tokens; the policies stay, but permit nothing to its holder that they did before',
      responses: { 204: { description: 'Ended.' }, ...NO_SUCH },
    },
  },
  '/me/authorizations/{id}/resources': {
    parameters: [pathId('The `grant_id`.')],
    get: {
      ...READING,
      operationId: 'listAuthorizedResources',
      summary: 'What one authorization allows, resource by resource',
      parameters: [...PAGE, LANGUAGES],
      responses: { 200: answer('One page.', 'HeldResourceList'), ...refusals('invalid_request'), ...NO_SUCH },
    },
  },
};

import { OWNER_PAGE } from '../../owner-api/owner-pages.js';
import { RESOURCE_PAGE } from '../../owner-api/resources/resource-query.js';
import type { Json, Paths } from '../operation.js';
import { answer, jsonBody, pageParameters, pathId, queryParameter, refusal, refusals } from '../operation.js';
import { BY_OWNER_READING, BY_OWNER_SESSION, BY_OWNER_WRITING } from '../security-schemes.js';

const READING = { tags: ['Owner API'], security: BY_OWNER_READING };
const WRITING = { tags: ['Owner API'], security: BY_OWNER_WRITING };
const BY_SESSION = { tags: ['Owner API'], security: BY_OWNER_SESSION };
const NOT_SIGNED_IN: Json = { 401: refusal(['login_required'], 401) };
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
  queryParameter('show', '`ending`: some access ends on one of the next seven days.', {
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

const HANDOVER = jsonBody('HandoverBody', 'To whom, what and until when.');
const HANDOVER_REFUSALS = refusals('invalid_request', 'not_found', ...NOT_ALLOWED);

/** Somebody acts in the owner's place. */
const HANDOVER_PATHS: Paths = {
  '/me/handovers': {
    get: {
      ...READING,
      operationId: 'listHandovers',
      summary: 'What the owner handed over, for thirty days after it was over',
      parameters: pageParameters(OWNER_PAGE),
      responses: { 200: answer('One page.', 'HandoverList'), ...refusals('invalid_request', ...NOT_ALLOWED) },
    },
    post: {
      ...WRITING,
      operationId: 'handOver',
      summary: 'Hands over: a share for each resource, all of them or none',
      requestBody: HANDOVER,
      responses: {
        201: answer('The handover.', 'Handover'),
        ...HANDOVER_REFUSALS,
        ...refusals('invalid_state', 'invalid_request'),
      },
    },
  },
  '/me/handovers/preview': {
    post: {
      ...WRITING,
      operationId: 'previewHandover',
      summary: 'What a handover would give; nothing is written',
      requestBody: HANDOVER,
      parameters: [LANGUAGES],
      responses: { 200: answer('What it would give.', 'HandoverPreview'), ...HANDOVER_REFUSALS },
    },
  },
  '/me/handovers/{id}': {
    parameters: [pathId('The `id` of the handover.')],
    delete: {
      ...WRITING,
      operationId: 'endHandover',
      summary: 'Ends it with all its shares, and what they led to',
      responses: {
        200: answer('What ended.', 'RevocationResult'),
        ...refusals('not_found', 'invalid_state', ...NOT_ALLOWED),
      },
    },
  },
};

/** People whom nobody here finds. */
const INVITATION_PATHS: Paths = {
  '/me/invitations': {
    get: {
      ...READING,
      operationId: 'listInvitations',
      summary: 'Whom the owner invited by e-mail, for seven days after it was over',
      parameters: [
        ...pageParameters(OWNER_PAGE),
        queryParameter('state', 'Those that can still be accepted.', { enum: ['waiting'] }),
        LANGUAGES,
      ],
      responses: { 200: answer('One page.', 'InvitationList'), ...refusals('invalid_request', ...NOT_ALLOWED) },
    },
    post: {
      ...WRITING,
      operationId: 'invite',
      summary: 'Offers a share for each resource to whoever accepts by the link that is sent, all of them or none',
      requestBody: jsonBody('InvitationBody', 'To which address, what and until when.'),
      parameters: [LANGUAGES],
      responses: {
        201: answer('The invitation.', 'Invitation'),
        ...refusals('invalid_request', 'invalid_scope', 'not_found', 'invalid_state', ...NOT_ALLOWED),
        429: refusal(['temporarily_unavailable'], 429),
      },
    },
  },
  '/me/invitations/{id}': {
    parameters: [pathId('The `id` of the invitation.')],
    delete: {
      ...WRITING,
      operationId: 'takeInvitationBack',
      summary: 'Takes it back: its link opens nothing from that moment on',
      responses: {
        204: { description: 'Taken back.' },
        ...refusals('not_found', 'invalid_state', ...NOT_ALLOWED),
      },
    },
  },
};

function list(operationId: string, summary: string, schema: string): Json {
  return {
    get: {
      ...READING,
      operationId,
      summary,
      parameters: [...pageParameters(OWNER_PAGE), LANGUAGES],
      responses: { 200: answer('One page.', schema), ...refusals('invalid_request', 'not_found', ...NOT_ALLOWED) },
    },
  };
}

/** What is about the person herself; owners who are none find nothing. */
const PERSON_PATHS: Paths = {
  '/me/shared-with-me': list('listSharedWithMe', 'What others gave the person', 'SharedWithMeList'),
  '/me/asked': list('listAsked', 'What the person asked others for', 'OwnRequestList'),
  '/me/settings': {
    get: {
      ...READING,
      operationId: 'readSettings',
      summary: 'How the person wants the console',
      responses: { 200: answer('The settings.', 'OwnerSettings'), ...refusals('not_found', ...NOT_ALLOWED) },
    },
    put: {
      ...WRITING,
      operationId: 'saveSettings',
      summary: 'Makes the settings what is given',
      requestBody: jsonBody('OwnerSettings', 'All of them.'),
      responses: {
        200: answer('As they are.', 'OwnerSettings'),
        ...refusals('invalid_request', 'not_found', ...NOT_ALLOWED),
      },
    },
  },
  '/me/sessions': {
    get: {
      ...BY_SESSION,
      operationId: 'listSessions',
      summary: 'Where the person is signed in',
      parameters: [...pageParameters(OWNER_PAGE), LANGUAGES],
      responses: { 200: answer('One page.', 'SignInSessionList'), ...refusals('invalid_request'), ...NOT_SIGNED_IN },
    },
  },
  '/me/sessions/{id}': {
    parameters: [pathId('The `id` of the session.')],
    delete: {
      ...BY_SESSION,
      operationId: 'endSignInSession',
      summary: 'Signs the person out there',
      responses: { 204: { description: 'Ended.' }, ...refusals('not_found'), ...NOT_SIGNED_IN },
    },
  },
};

/** What the console shows of resources, handovers, and the person herself. */
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
  ...HANDOVER_PATHS,
  ...INVITATION_PATHS,
  ...PERSON_PATHS,
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

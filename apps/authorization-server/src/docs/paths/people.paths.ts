import type { Json, Paths } from '../operation.js';
import { formBody, header, page, pathId } from '../operation.js';
import { object, TEXT } from '../schemas/common.schemas.js';
import { AUTHORIZATION_FORM, AUTHORIZATION_QUERY } from '../schemas/oauth.schemas.js';
import { PUBLIC } from '../security-schemes.js';

const COMMON = { tags: ['People'], security: PUBLIC };

const ERROR_PAGE: Json = { default: { $ref: '#/components/responses/ErrorPage' } };

function redirect(description: string): Json {
  return { description, headers: { Location: header('Where the browser goes on.') } };
}

/** A parameter for each member. */
function query(members: Json, required: readonly string[] = []): Json[] {
  return Object.entries(members).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const AUTHORIZE_ANSWERS: Json = {
  200: page(
    'Posts the answer to the application (`response_mode` form_post), or asks before leaving for one that nobody vouches for.',
  ),
  303: redirect('To the pages of this request, or with the answer to the redirect URI.'),
  400: page('The request names no application or no address of it that could be answered: nobody is sent anywhere.'),
  ...ERROR_PAGE,
};

const SIGN_OUT: Json = {
  id_token_hint: TEXT,
  client_id: TEXT,
  post_logout_redirect_uri: TEXT,
  state: TEXT,
  ui_locales: TEXT,
};

const SIGN_OUT_ANSWERS: Json = {
  200: page('Asks the person, or says that she is signed out.'),
  303: redirect('Back to the application, at an address that it registered for this.'),
  400: page('The request contradicts itself, or names an address that is not registered.'),
  403: page('The form is not from a page of this browser.'),
  ...ERROR_PAGE,
};

const CLAIMS: Json = {
  client_id: TEXT,
  ticket: TEXT,
  scope: { type: 'string', description: 'What the client asks for besides, as at the token endpoint.' },
  claims_redirect_uri: {
    type: 'string',
    format: 'uri',
    description:
      'One of those that the client registered for claims, byte for byte; may be absent where there is one only.',
  },
  state: { type: 'string', maxLength: 512 },
};

const DEVICE_ANSWERS: Json = {
  200: page('The form for the code.'),
  303: redirect('To the pages on which the person signs in and decides: they are never left out.'),
  400: page('The code is wrong or over: the form again, the same words for both.'),
  429: page('After too many tries: when the next one is possible.'),
  ...ERROR_PAGE,
};

/** What all steps of an interaction may answer. */
const STEP_ANSWERS: Json = {
  200: page('A page for the person, or one that posts the answer to the application.'),
  303: redirect('To the next page, or with the answer to the application.'),
  400: page('The interaction is over, or of another browser.'),
  ...ERROR_PAGE,
};

const INTERACTION = pathId('Names the interaction; good in the browser that began it.');

/** One form of an interaction. */
function form(operationId: string, summary: string, members: Json, refusals: Json = {}): Json {
  const hidden = { csrf: { type: 'string', description: 'As it stands in the page.' } };
  return {
    parameters: [INTERACTION],
    get: {
      ...COMMON,
      operationId: `${operationId}Again`,
      summary: 'Leads back to the interaction: what was posted here may have been answered with a page',
      responses: STEP_ANSWERS,
    },
    post: {
      ...COMMON,
      operationId,
      summary,
      requestBody: formBody(object(hidden, members)),
      responses: { ...STEP_ANSWERS, ...refusals, 403: page('The form is not from a page of this browser.') },
    },
  };
}

const REFUSED: Json = {
  401: page('It is wrong: the form again, the same words for every reason.'),
  429: page('After too many attempts: the form again, and when the next one is possible.'),
};

const CODE = { code: TEXT, decision: { enum: ['cancel'] } };

const FORMS: Paths = {
  '/interaction/{id}/sign-in': form(
    'signIn',
    'Takes user name and password',
    { username: TEXT, password: TEXT, decision: { enum: ['cancel'] } },
    REFUSED,
  ),
  '/interaction/{id}/second-step': form('secondStep', 'Takes a one-time code', CODE, REFUSED),
  '/interaction/{id}/recovery-code': {
    ...form('recoveryCode', 'Takes a recovery code', CODE, REFUSED),
    get: {
      ...COMMON,
      operationId: 'recoveryCodePage',
      summary: 'The second step with a recovery code',
      responses: STEP_ANSWERS,
    },
  },
  '/interaction/{id}/passkey': {
    ...form('passkey', 'Takes the answer of a passkey (WebAuthn level 3)', { answer: TEXT }, REFUSED),
    get: {
      ...COMMON,
      operationId: 'passkeyPage',
      summary: 'Signs in with a passkey; the page runs a script',
      responses: STEP_ANSWERS,
    },
  },
  '/interaction/{id}/decision': form(
    'decide',
    'Takes what the person allows, or that she does not',
    {
      shown_to: TEXT,
      asked: { ...TEXT, description: 'As it stands in the page, where something is asked.' },
      decision: { enum: ['allow', 'deny', 'send', 'cancel', 'back', 'again', 'mail', 'accept', 'decline'] },
      'permission.scope': {
        enum: ['allow'],
        description: 'Present for an optional scope that is allowed (consent); so for each other one.',
      },
      'name.declined': {
        ...TEXT,
        description: 'Present for a fact that is not given (claims); so for each other fact.',
      },
    },
    {
      400: page(
        'No choice where one is needed: the form again, as it was left. Or the interaction is over, or of another browser.',
      ),
      409: page('The question is another one by now: the page again, as it is now. Nothing was allowed or sent.'),
    },
  ),
  '/interaction/{id}/another-person': form('anotherPerson', 'Signs out, and starts again with the sign-in', {}),
};

/** The authorization endpoint, the pages that people go through, and the end of their session. */
export const PEOPLE_PATHS: Paths = {
  '/authorize': {
    get: {
      ...COMMON,
      operationId: 'authorize',
      summary: 'Asks a person to authorize a client (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2)',
      parameters: query({ client_id: TEXT, ...AUTHORIZATION_QUERY }, ['client_id']),
      responses: AUTHORIZE_ANSWERS,
    },
    post: {
      ...COMMON,
      operationId: 'authorizeByPost',
      summary: 'The same, from a form',
      requestBody: formBody(AUTHORIZATION_FORM),
      responses: AUTHORIZE_ANSWERS,
    },
  },
  '/interaction/{id}': {
    get: {
      ...COMMON,
      operationId: 'interaction',
      summary: 'The page that the person needs next: sign-in, second step, consent, claims, waiting for an owner',
      parameters: [INTERACTION],
      responses: STEP_ANSWERS,
    },
  },
  ...FORMS,
  '/uma/claims': {
    get: {
      ...COMMON,
      operationId: 'giveClaims',
      summary: 'Asks a requesting party who she is (UMA Grant section 3.3.2). Uses the ticket up',
      parameters: query(CLAIMS, ['client_id', 'ticket']),
      responses: {
        303: redirect(
          'To the pages; from there, or at once with an error, to the claims redirect URI: `ticket` or `error`.',
        ),
        400: page('Nobody is sent anywhere: the client, or its address for claims, is not registered.'),
        ...ERROR_PAGE,
      },
    },
  },
  '/device': {
    get: {
      ...COMMON,
      operationId: 'device',
      summary: 'Asks for the code that a device shows, or takes it from a complete link (RFC 8628 section 3.3)',
      parameters: query({ user_code: TEXT }),
      responses: DEVICE_ANSWERS,
    },
    post: {
      ...COMMON,
      operationId: 'enterUserCode',
      summary: 'Takes the code',
      requestBody: formBody(object({ csrf: TEXT, user_code: TEXT })),
      responses: { ...DEVICE_ANSWERS, 403: page('The form is not from a page of this browser.') },
    },
  },
  '/uma/requests/{id}': {
    parameters: [pathId('Names the request, as the message about its outcome does.')],
    get: {
      ...COMMON,
      operationId: 'requestPage',
      summary: 'Shows a requesting party, after her sign-in, what became of her request',
      responses: { 303: redirect('To the pages.'), ...ERROR_PAGE },
    },
  },
  '/invitations/{id}': {
    parameters: [pathId('The link of an invitation, as its mail has it.')],
    get: {
      ...COMMON,
      operationId: 'invitationLink',
      summary: 'Leads to the page on which who signed in accepts an invitation or declines it; uses nothing up',
      responses: {
        303: redirect('To the pages.'),
        400: page('It was answered, taken back, is too old, or never was: the same words for all of these.'),
        ...ERROR_PAGE,
      },
    },
  },
  '/sign-out': {
    get: {
      ...COMMON,
      operationId: 'signOut',
      summary: 'Ends the session of the browser (OpenID Connect RP-Initiated Logout)',
      parameters: query(SIGN_OUT),
      responses: SIGN_OUT_ANSWERS,
    },
    post: {
      ...COMMON,
      operationId: 'signOutByPost',
      summary: 'The same, and the form of its page',
      requestBody: formBody(object({}, { ...SIGN_OUT, csrf: TEXT, decision: { enum: ['sign_out', 'stay'] } })),
      responses: SIGN_OUT_ANSWERS,
    },
  },
};

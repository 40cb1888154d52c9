import type { Json, Paths } from '../operation.js';
import { formBody, header, page, pathId, queryParameter } from '../operation.js';
import { object, TEXT } from '../schemas/common.schemas.js';
import { PUBLIC } from '../security-schemes.js';

const COMMON = { tags: ['People'], security: PUBLIC };
const ERROR_PAGE: Json = { default: { $ref: '#/components/responses/ErrorPage' } };
const HIDDEN: Json = { csrf: { type: 'string', description: 'As it stands in the page.' } };
const FORGED: Json = { 403: page('The form is not from this page, in this browser and session. Nothing was changed.') };
const WRONG: Json = { 400: page('The form again, with what is wrong.') };

function goesOn(description: string): Json {
  return { 303: { description, headers: { Location: header('Where the browser goes on.') } } };
}

const SIGN_IN =
  'To the sign-in, when there is no session or the page demands a recent one; it leads back to this page.';

/** One page of the account, and its form where it has one. */
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly form?: { readonly members: Json; readonly answers?: Json; readonly next: string };
}

function described({ operationId, summary, parameters = [], form }: Described): Json {
  const get = {
    ...COMMON,
    operationId,
    summary,
    parameters,
    responses: { 200: page('The page.'), ...goesOn(SIGN_IN), ...ERROR_PAGE },
  };
  if (!form) return { get };
  const post = {
    ...COMMON,
    operationId: `${operationId}Form`,
    summary: 'Its form',
    requestBody: formBody(object(HIDDEN, form.members)),
    responses: { ...goesOn(`${form.next} Or to the sign-in.`), ...form.answers, ...FORGED, ...ERROR_PAGE },
  };
  return { get, post };
}

const CODES_SHOWN: Json = { 200: page('Fresh recovery codes, shown once.') };
const LINK = pathId('The value of a recovery link.');
const FRESH_PASSWORD: Json = { password: TEXT, password_again: TEXT };

const PAGES: Readonly<Record<string, Described>> = {
  '': { operationId: 'account', summary: 'The account of who is signed in' },
  '/password': {
    operationId: 'accountPassword',
    summary: 'Changes the password; other sessions end',
    form: {
      members: { current_password: TEXT, ...FRESH_PASSWORD },
      answers: { ...WRONG, 429: page('After too many attempts.') },
      next: 'To the page that says that it is changed.',
    },
  },
  '/password/changed': { operationId: 'accountPasswordChanged', summary: 'Says that the password is changed' },
  '/codes': {
    operationId: 'accountCodes',
    summary: 'One-time codes: on or off, and fresh recovery codes',
    form: {
      members: { decision: { enum: ['begin', 'renew', 'remove'] } },
      answers: CODES_SHOWN,
      next: 'To the page of the app, or to this page.',
    },
  },
  '/codes/app': {
    operationId: 'accountAuthenticatorApp',
    summary: 'Takes an authenticator app into use (RFC 6238)',
    form: { members: { code: TEXT }, answers: { ...CODES_SHOWN, ...WRONG }, next: 'To the page of codes.' },
  },
  '/sessions': {
    operationId: 'accountSessions',
    summary: 'Where the person is signed in',
    parameters: [
      queryParameter('limit', 'Most sessions of one page.', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
      queryParameter('cursor', 'Where to go on, as the page before said.', TEXT),
      queryParameter('ended', 'How many were ended just now.', { type: 'integer' }),
    ],
    form: {
      members: { session: { type: 'string', description: 'Id of a session, or `others`.' } },
      next: 'To this page.',
    },
  },
  '/applications': {
    operationId: 'accountApplications',
    summary: 'Applications with access to what is the person’s',
    parameters: [
      queryParameter('limit', 'Most of them on one page.', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
      queryParameter('cursor', 'Where to go on, as the page before said.', TEXT),
      queryParameter('ended', 'That one was ended just now.', { enum: ['yes'] }),
    ],
    form: {
      members: { authorization: { type: 'string', description: 'Id of the authorization to end.' } },
      next: 'To this page.',
    },
  },
  '/passkeys': {
    operationId: 'accountPasskeys',
    summary: 'Passkeys of the person',
    form: {
      members: { passkey: { type: 'string', description: 'Id of the one to remove.' } },
      answers: { 400: page('The page again: it is all that she could sign in with.') },
      next: 'To this page.',
    },
  },
  '/passkeys/name': {
    operationId: 'accountPasskeyName',
    summary: 'Gives a passkey another name',
    parameters: [queryParameter('passkey', 'Id of the passkey.', TEXT)],
    form: { members: { passkey: TEXT, name: TEXT }, answers: WRONG, next: 'To the list.' },
  },
  '/notices': {
    operationId: 'accountNotices',
    summary: 'Which mails the person gets; those about the security of her account always come',
    form: { members: { decision: { enum: ['on', 'off'] } }, next: 'To this page.' },
  },
  '/passkeys/new': {
    operationId: 'accountNewPasskey',
    summary: 'Makes a passkey (WebAuthn level 3); the page runs a script',
    form: { members: { name: TEXT, answer: TEXT }, answers: WRONG, next: 'To the list.' },
  },
};

const OVER: Json = {
  400: page('The link was used, is too old or was never made; or what is wrong with the password.'),
};

/** What people do for themselves. */
export const ACCOUNT_PATHS: Paths = {
  ...Object.fromEntries(Object.entries(PAGES).map(([path, one]) => [`/account${path}`, described(one)])),
  '/account/recovery': {
    get: {
      ...COMMON,
      operationId: 'recovery',
      summary: 'Asks for a link to a new password',
      parameters: [queryParameter('from', 'The interaction to go back to.', TEXT)],
      responses: { 200: page('The page.'), ...ERROR_PAGE },
    },
    post: {
      ...COMMON,
      operationId: 'recoveryForm',
      summary: 'Has a link sent to the address of the account; the same answer when there is none',
      requestBody: formBody(object(HIDDEN, { username: TEXT })),
      responses: { ...goesOn('To the page that says what happens next.'), ...FORGED, ...ERROR_PAGE },
    },
  },
  '/account/recovery/sent': {
    get: {
      ...COMMON,
      operationId: 'recoverySent',
      summary: 'Says what happens next, the same for everybody',
      responses: { 200: page('The page.'), ...ERROR_PAGE },
    },
  },
  '/account/recovery/done': {
    get: {
      ...COMMON,
      operationId: 'recoveryDone',
      summary: 'Says that the new password is set',
      responses: { 200: page('The page.'), ...ERROR_PAGE },
    },
  },
  '/account/recovery/{id}': {
    parameters: [LINK],
    get: {
      ...COMMON,
      operationId: 'recoveryLink',
      summary: 'The page that a recovery link opens; uses nothing up',
      responses: { 200: page('Asks for the new password.'), ...OVER, ...ERROR_PAGE },
    },
    post: {
      ...COMMON,
      operationId: 'recoveryLinkForm',
      summary: 'Sets the new password, once; ends all sessions',
      requestBody: formBody(object(HIDDEN, FRESH_PASSWORD)),
      responses: { ...goesOn('To the page that says that it is set.'), ...OVER, ...FORGED, ...ERROR_PAGE },
    },
  },
};

import type { ErrorLine, ResultOutcome } from '../messages/messages.js';
import { formPostView } from '../views/form-post.view.js';
import { frontView } from '../views/front.view.js';
import { leavingView } from '../views/leaving.view.js';
import { partnerFailedView } from '../views/partner-failed.view.js';
import { errorView, resultView } from '../views/result.view.js';
import { signOutView } from '../views/sign-out.view.js';
import { notYoursView, waitingView } from '../views/waiting.view.js';
import type { Sample } from './names.fixture.js';
import { CREATE, DAY, FORM, HOUR, NAMES, NOW, SEE, TIME } from './names.fixture.js';

const waiting = {
  time: TIME,
  owner: 'Anna Berger',
  asked: { permissions: [SEE, CREATE], resource: 'Purchase approvals' },
  askedAt: NOW - 3 * HOUR,
};

const LASTING = 'https://as.globex.example/uma/requests/q_DowRVkr_Q2q0c4_HO1HNnQ';

const url = '/interaction/x';

const results: readonly ResultOutcome[] = [
  'signed_out',
  'device_denied',
  'invitation_accepted',
  'invitation_over',
  'recovery_sent',
  'password_recovered',
  'password_changed',
];
const errors: readonly ErrorLine[] = ['bad_request', 'expired', 'forged_form', 'fault'];

/** Pages on which something ends. */
export const outcomeSamples: readonly Sample[] = [
  {
    name: 'waiting',
    view: (messages) =>
      waitingView(
        { ...waiting, state: { kind: 'waiting', checkAgain: FORM, lasting: LASTING, mail: true, url } },
        messages,
      ),
  },
  {
    name: 'waiting-in-process',
    view: (messages) =>
      waitingView(
        {
          ...waiting,
          answerYourself: { label: messages.waiting.answerYourself, url: '/console/requests' },
          backForm: { application: NAMES.long, form: FORM },
          state: { kind: 'waiting', checkAgain: FORM, lasting: LASTING, mail: false, url, mailMe: FORM },
        },
        messages,
      ),
    formAction: ['https://app.globex.example/uma'],
  },
  {
    name: 'waiting-allowed',
    view: (messages) =>
      waitingView(
        {
          ...waiting,
          owner: NAMES.long,
          state: { kind: 'allowed', got: { permissions: [SEE], resource: NAMES.long } },
        },
        messages,
      ),
  },
  {
    name: 'waiting-of-another',
    view: (messages) => notYoursView({ account: NAMES.long, another: FORM }, messages),
  },
  { name: 'waiting-ended', view: (messages) => waitingView({ ...waiting, state: { kind: 'ended' } }, messages) },
  {
    name: 'waiting-denied',
    view: (messages) =>
      waitingView(
        {
          ...waiting,
          owner: NAMES.rightToLeft,
          state: { kind: 'denied', reason: NAMES.markup, againFrom: NOW + 9 * DAY },
        },
        messages,
      ),
  },
  { name: 'waiting-expired', view: (messages) => waitingView({ ...waiting, state: { kind: 'expired' } }, messages) },
  ...results.map((outcome) => ({
    name: `result-${outcome}`,
    view: (messages: Parameters<Sample['view']>[0]) =>
      resultView({ outcome, links: [{ label: messages.recovery.back, url: '/account' }] }, messages),
  })),
  ...errors.map((line) => ({
    name: `error-${line}`,
    view: (messages: Parameters<Sample['view']>[0]) =>
      errorView({ line, reference: '7KD-42Q', wayOn: { label: messages.account.title, url: '/account' } }, messages),
  })),
  ...[{ name: NAMES.usual, url: 'https://globex.example/start' }, { name: NAMES.markup }].map((startAgainAt) => ({
    name: `error-over${'url' in startAgainAt ? '' : '-unlinked'}`,
    view: (messages: Parameters<Sample['view']>[0]) =>
      errorView(
        {
          line: 'expired',
          reference: '7KD-42Q',
          wayOn: { label: messages.account.title, url: '/account' },
          startAgainAt,
        },
        messages,
      ),
  })),
  {
    name: 'error-described',
    view: (messages) =>
      errorView(
        {
          line: 'bad_request',
          reference: '7KD-42Q',
          wayOn: { label: messages.account.title, url: '/account' },
          description: 'The redirect URI is not registered for the client.',
        },
        messages,
      ),
  },
  {
    name: 'partner-failed',
    view: (messages) =>
      partnerFailedView(
        { partner: 'Globex GmbH', reference: '7KD-42Q', tryAgainUrl: '/partners/globex', otherWayUrl: '/sign-in' },
        messages,
      ),
  },
  {
    name: 'sign-out',
    view: (messages) => signOutView({ form: FORM, account: 'anna@acme.example', application: NAMES.usual }, messages),
  },
  {
    name: 'front',
    view: (messages) =>
      frontView(
        {
          accountUrl: '/account',
          deviceUrl: '/device',
          technical: [{ label: 'Metadata (OAuth 2.0, RFC 8414)', url: '/.well-known/oauth-authorization-server' }],
        },
        messages,
      ),
  },
  {
    name: 'form-post',
    view: (messages) =>
      formPostView(
        {
          action: 'https://app.globex.example/cb',
          fields: { code: 'vk_ac_x', state: NAMES.markup },
          application: NAMES.long,
        },
        messages,
      ),
    formAction: ['https://app.globex.example/cb'],
  },
  {
    name: 'leaving',
    view: (messages) =>
      leavingView(
        {
          application: NAMES.markup,
          way: { kind: 'redirect', location: 'https://app.globex.example/cb?error=login_required' },
        },
        messages,
      ),
  },
  {
    name: 'leaving-by-form',
    view: (messages) =>
      leavingView(
        {
          application: NAMES.long,
          way: { kind: 'form_post', action: 'com.example.app:/cb', fields: { error: 'login_required' } },
        },
        messages,
      ),
    formAction: ['com.example.app:/cb'],
  },
];

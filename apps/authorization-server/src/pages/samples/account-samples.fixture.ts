import { accountView } from '../views/account.view.js';
import { APPLICATIONS_AT_ONCE, applicationsView, RESOURCES_NAMED } from '../views/applications.view.js';
import { codeSettingsView } from '../views/code-settings.view.js';
import { newPasskeyView } from '../views/new-passkey.view.js';
import { newPasswordView } from '../views/new-password.view.js';
import { noticesView } from '../views/notices.view.js';
import { oneTimeCodesView } from '../views/one-time-codes.view.js';
import { passkeyNameView } from '../views/passkey-name.view.js';
import { passkeysView } from '../views/passkeys.view.js';
import { recoveryCodesView } from '../views/recovery-codes.view.js';
import { recoveryView } from '../views/recovery.view.js';
import { secondStepView } from '../views/second-step.view.js';
import type { ShownSession } from '../views/sessions.view.js';
import { sessionsView, SESSIONS_AT_ONCE } from '../views/sessions.view.js';
import type { SignInModel } from '../views/sign-in.view.js';
import { signInView } from '../views/sign-in.view.js';
import { usePasskeyView } from '../views/use-passkey.view.js';
import type { Sample } from './names.fixture.js';
import { CREATE, DAY, FORM, HOUR, MANY, NAMES, NOW, SEE, TIME } from './names.fixture.js';

const signIn: SignInModel = { form: FORM, time: TIME, application: NAMES.usual, recoveryUrl: '/recovery' };
const secondStep = { form: FORM, time: TIME, account: 'anna@acme.example', another: FORM, cancellable: true };
const codes = {
  form: FORM,
  account: 'anna@acme.example',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/Valetkey:anna%40acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Valetkey',
  cancelUrl: '/account',
};

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

function session(index: number, userAgent: string, address: string): ShownSession {
  return {
    id: `sid_${index}`,
    current: index === 0,
    userAgent,
    address,
    signedInAt: NOW - (index + 1) * 3 * DAY,
    lastSeenAt: NOW - index * 5 * HOUR - 60_000,
  };
}

const sessions = [
  session(0, FIREFOX, '192.0.2.17'),
  session(1, SAFARI, '2001:db8:85a3:8d3:1319:8a2e:370:7348'),
  session(2, NAMES.markup, '198.51.100.4'),
];

/** As much as one page shows, with the longest addresses. */
const fullSessions = {
  form: FORM,
  time: TIME,
  account: NAMES.markup,
  sessions: Array.from({ length: SESSIONS_AT_ONCE + 1 }, (_, index) => ({
    ...session(index, SAFARI, '2001:db8:85a3:8d3:1319:8a2e:370:7348'),
    id: `0199d1f0-3c4b-7a7e-8f00-00000000000${index}`,
  })),
};

const password = { form: FORM, account: NAMES.long, least: 12 };

const passkey = { synced: true, createdAt: NOW - 40 * DAY, lastUsedAt: NOW - 3 * HOUR };
const passkeys = [
  { ...passkey, id: 'a', name: 'My telephone' },
  { ...passkey, id: 'b', name: NAMES.markup, synced: false, lastUsedAt: null },
  { ...passkey, id: 'c', name: NAMES.long },
  { ...passkey, id: 'd', name: '' },
];
const passkeysModel = {
  form: FORM,
  time: TIME,
  account: NAMES.long,
  passkeys,
  addUrl: '/account/passkeys/new',
  renameUrl: '/account/passkeys/name',
  accountUrl: '/account',
};
const notices = { form: FORM, account: NAMES.long, email: 'anna@acme.example', isOn: true, accountUrl: '/account' };
const passkeyNameModel = {
  form: FORM,
  account: NAMES.long,
  present: 'My telephone',
  cancelUrl: '/account/passkeys',
};
const newPasskey = { form: FORM, options: '{}', cancelUrl: '/account/passkeys' };
const usePasskey = { form: FORM, options: '{}', otherWayUrl: '/sign-in' };
const account = {
  time: TIME,
  account: 'anna@acme.example',
  hasCodes: true,
  codesLeft: 7,
  passkeys: 2,
  urls: {
    password: '/account/password',
    codes: '/account/codes',
    passkeys: '/account/passkeys',
    sessions: '/account/sessions',
    applications: '/account/applications',
    notices: '/account/notices',
    signOut: '/sign-out',
  },
};
const applications = {
  form: FORM,
  time: TIME,
  account: NAMES.long,
  access: [
    {
      id: 'g_1',
      name: NAMES.usual,
      publisher: 'Globex GmbH',
      permissions: [SEE, CREATE],
      resources: [],
      moreResources: 0,
      since: NOW - 3 * DAY,
      usedAt: NOW - HOUR,
      until: NOW + 27 * DAY,
    },
    {
      id: 'g_2',
      name: NAMES.long,
      person: { name: NAMES.markup },
      permissions: [SEE],
      resources: [NAMES.long, NAMES.rightToLeft],
      moreResources: 12,
      since: NOW - 90 * DAY,
      isResting: true,
    },
  ],
  ended: { until: NOW + 600_000 },
  nextPageUrl: '/account/applications?cursor=1',
  accountUrl: '/account',
};
/** As much as one page shows, with as much to say of each as there can be. */
const fullApplications = {
  ...applications,
  access: Array.from({ length: APPLICATIONS_AT_ONCE }, (_, index) => ({
    id: `0199d1f0-3c4b-7a7e-8f00-00000000000${index}`,
    name: NAMES.markup,
    publisher: NAMES.long,
    person: { issuer: `https://${NAMES.long}` },
    lingersUntil: NOW + 600_000,
    permissions: MANY,
    resources: Array.from({ length: RESOURCES_NAMED }, () => NAMES.long),
    moreResources: 12,
    since: NOW - 90 * DAY,
    usedAt: NOW - HOUR,
    until: NOW + 27 * DAY,
    isResting: true,
  })),
};
const codeSettings = { form: FORM, account: NAMES.long, isOn: true, codesLeft: 10, accountUrl: '/account' };

/** Pages by which people come in and look after their account. */
export const accountSamples: readonly Sample[] = [
  { name: 'sign-in', view: (messages) => signInView(signIn, messages) },
  {
    name: 'sign-in-partners',
    view: (messages) =>
      signInView(
        {
          ...signIn,
          application: NAMES.long,
          username: 'anna@acme.example',
          reason: 'stronger',
          cancellable: true,
          partners: [
            { name: 'Globex GmbH', url: '/partners/globex', last: true },
            { name: NAMES.rightToLeft, url: '/partners/rtl' },
            { name: 'Initech', url: '/partners/initech', downSince: NOW - 2 * HOUR },
          ],
        },
        messages,
      ),
  },
  {
    name: 'sign-in-refused',
    view: (messages) =>
      signInView(
        { ...signIn, application: NAMES.markup, username: NAMES.markup, problem: { kind: 'refused' } },
        messages,
      ),
  },
  {
    name: 'sign-in-wait',
    view: (messages) => signInView({ ...signIn, problem: { kind: 'wait', until: NOW + 240_000 } }, messages),
  },
  {
    name: 'second-step',
    view: (messages) =>
      secondStepView({ ...secondStep, otherWays: [{ label: messages.secondStep.passkey, url: '/passkey' }] }, messages),
  },
  {
    name: 'second-step-wrong',
    view: (messages) =>
      secondStepView({ ...secondStep, problem: { kind: 'wrong', code: '123456', left: 4 } }, messages),
  },
  {
    name: 'second-step-locked',
    view: (messages) => secondStepView({ ...secondStep, problem: { kind: 'locked', until: NOW + 2 * HOUR } }, messages),
  },
  { name: 'applications', view: (messages) => applicationsView(applications, messages) },
  { name: 'applications-full', view: (messages) => applicationsView(fullApplications, messages) },
  {
    name: 'applications-none',
    view: (messages) =>
      applicationsView({ form: FORM, time: TIME, account: NAMES.long, access: [], accountUrl: '/account' }, messages),
  },
  { name: 'recovery', view: (messages) => recoveryView({ form: FORM, time: TIME, signInUrl: '/sign-in' }, messages) },
  {
    name: 'recovery-wait',
    view: (messages) => recoveryView({ form: FORM, time: TIME, signInUrl: '/sign-in', waitUntil: NOW + 1 }, messages),
  },
  { name: 'new-password', view: (messages) => newPasswordView({ ...password, askCurrent: false }, messages) },
  {
    name: 'new-password-wrong',
    view: (messages) => newPasswordView({ ...password, askCurrent: true, problem: 'too_short' }, messages),
  },
  { name: 'one-time-codes', view: (messages) => oneTimeCodesView(codes, messages) },
  { name: 'one-time-codes-wrong', view: (messages) => oneTimeCodesView({ ...codes, wrong: true }, messages) },
  {
    name: 'sessions',
    view: (messages) =>
      sessionsView(
        { form: FORM, time: TIME, account: 'anna@acme.example', sessions, ended: 2, nextPageUrl: '/sessions?cursor=x' },
        messages,
      ),
  },
  {
    name: 'sessions-full',
    view: (messages) => sessionsView({ ...fullSessions, nextPageUrl: '/sessions?cursor=x' }, messages),
  },
  {
    name: 'sessions-only-this',
    view: (messages) =>
      sessionsView({ form: FORM, time: TIME, account: NAMES.rightToLeft, sessions: sessions.slice(0, 1) }, messages),
  },
  { name: 'sign-in-passkey', view: (messages) => signInView({ ...signIn, passkeyUrl: '/passkey' }, messages) },
  {
    name: 'second-step-recovery-code',
    view: (messages) =>
      secondStepView(
        { ...secondStep, asks: 'recovery_code', problem: { kind: 'wrong', code: '"><b>x', left: 1 } },
        messages,
      ),
  },
  { name: 'account', view: (messages) => accountView({ ...account, passwordChangedAt: NOW - 20 * DAY }, messages) },
  {
    name: 'account-bare',
    view: (messages) =>
      accountView({ ...account, account: NAMES.rightToLeft, hasCodes: false, codesLeft: 0, passkeys: 0 }, messages),
  },
  { name: 'code-settings', view: (messages) => codeSettingsView(codeSettings, messages) },
  { name: 'code-settings-off', view: (messages) => codeSettingsView({ ...codeSettings, isOn: false }, messages) },
  {
    name: 'recovery-codes',
    view: (messages) =>
      recoveryCodesView(
        { account: NAMES.markup, codes: Array.from({ length: 10 }, () => '0k3m-9q2w-x7yz-4d5e'), nextUrl: '/account' },
        messages,
      ),
  },
  { name: 'passkeys', view: (messages) => passkeysView(passkeysModel, messages) },
  { name: 'passkeys-none', view: (messages) => passkeysView({ ...passkeysModel, passkeys: [] }, messages) },
  { name: 'notices', view: (messages) => noticesView(notices, messages) },
  { name: 'notices-off', view: (messages) => noticesView({ ...notices, email: null, isOn: false }, messages) },
  { name: 'passkeys-last', view: (messages) => passkeysView({ ...passkeysModel, isLast: true }, messages) },
  { name: 'passkey-name', view: (messages) => passkeyNameView(passkeyNameModel, messages) },
  {
    name: 'passkey-name-wrong',
    view: (messages) =>
      passkeyNameView({ ...passkeyNameModel, present: NAMES.markup, typed: NAMES.long, problem: 'too_long' }, messages),
  },
  { name: 'new-passkey', view: (messages) => newPasskeyView(newPasskey, messages) },
  {
    name: 'new-passkey-refused',
    view: (messages) => newPasskeyView({ ...newPasskey, name: NAMES.markup, refused: true }, messages),
  },
  { name: 'use-passkey', view: (messages) => usePasskeyView(usePasskey, messages) },
  {
    name: 'use-passkey-refused',
    view: (messages) => usePasskeyView({ ...usePasskey, refused: true }, messages),
  },
];

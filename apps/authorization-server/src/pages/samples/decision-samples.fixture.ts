import type { ClaimsModel } from '../views/claims.view.js';
import { claimsView } from '../views/claims.view.js';
import type { ConsentModel } from '../views/consent.view.js';
import { consentView } from '../views/consent.view.js';
import { deviceCodeView } from '../views/device-code.view.js';
import type { DeviceConfirmModel } from '../views/device-confirm.view.js';
import { deviceConfirmView } from '../views/device-confirm.view.js';
import type { Sample } from './names.fixture.js';
import { CREATE, FORM, MANY, NAMES, NOW, SEE, TIME } from './names.fixture.js';

const details = [
  { term: 'client_id', value: 'travel-planner' },
  { term: 'redirect_uri', value: 'https://app.globex.example/callback/a-rather-long-path/which-has-no-blank' },
];

/** For operators: without a form. */
const preview: ConsentModel = {
  account: 'anna@acme.example',
  application: {
    name: NAMES.usual,
    publisher: 'Globex GmbH',
    verified: true,
    host: 'globex.example',
    termsUrl: 'https://globex.example/terms',
    privacyUrl: 'https://globex.example/privacy',
  },
  identity: [{ text: 'See your name and profile' }],
  required: [SEE],
  optional: [
    {
      ...CREATE,
      field: 'permission_0',
      value: 'travel.create',
      checked: false,
      isNew: true,
    },
  ],
  resources: {
    field: 'resources',
    choices: [
      { value: 'one', label: 'Only “Travel 2026”', checked: true },
      { value: 'all', label: 'All travel requests', checked: false },
    ],
  },
  duration: {
    field: 'duration',
    choices: [
      { value: 'once', lasts: 'once', checked: false },
      { value: '30', lasts: 30, checked: true },
      { value: '90', lasts: 90, checked: false },
    ],
  },
  returnTo: { kind: 'host', host: 'app.globex.example' },
  details,
};

const consent: ConsentModel = { ...preview, form: FORM, another: FORM };

const claims: ClaimsModel = {
  form: FORM,
  resource: 'Purchase approvals',
  owner: 'Anna Berger',
  facts: [
    {
      field: 'email',
      label: 'Your e-mail address at work',
      why: 'Anna shares with colleagues only.',
      seenBy: 'Anna Berger',
      kept: '30 days',
      type: 'email',
      autocomplete: 'email',
      value: 'mara@globex.example',
    },
    { field: 'department', label: 'Your department', why: 'Only buyers may approve.', seenBy: 'Anna Berger' },
  ],
  partners: [{ id: 'globex', name: 'Globex GmbH' }],
};

const device: DeviceConfirmModel = {
  form: FORM,
  time: TIME,
  account: 'anna@acme.example',
  another: FORM,
  application: { name: 'Globex TV', publisher: 'Globex GmbH', verified: true },
  code: 'WDJB-MJHT',
  askedAt: NOW - 90_000,
  deviceName: 'Living room',
  place: 'Berlin, Germany',
  yourPlace: 'Berlin, Germany',
  permissions: [SEE],
  endsAfter: 30,
};

const hostile = {
  name: NAMES.markup,
  publisher: NAMES.turning,
  verified: false,
  unknown: true,
  host: 'xn--80ak6aa92e.example',
};

/** Pages on which people decide. */
export const decisionSamples: readonly Sample[] = [
  {
    name: 'consent',
    view: (messages) => consentView(consent, messages),
    formAction: ['https://app.globex.example/cb'],
  },
  {
    name: 'consent-many',
    view: (messages) =>
      consentView(
        {
          ...consent,
          application: { ...consent.application, name: NAMES.long, publisher: NAMES.rightToLeft },
          required: MANY.map((one, index) => ({ ...one, isNew: index === 2 })),
          already: MANY.slice(0, 2),
          returnTo: { kind: 'application', scheme: 'com.globex.app:' },
        },
        messages,
      ),
  },
  {
    name: 'consent-markup',
    view: (messages) =>
      consentView(
        {
          ...consent,
          account: NAMES.markup,
          application: {
            ...hostile,
            termsUrl: 'javascript:alert(3)',
            privacyUrl: 'https://globex.example@xn--80ak6aa92e.example/?<b>',
          },
          identity: [],
          required: [{ text: NAMES.markup, consequence: NAMES.turning }],
          optional: [{ text: NAMES.markup, field: 'permission_0', value: NAMES.markup, checked: true }],
          details: [{ term: NAMES.markup, value: NAMES.markup }],
        },
        messages,
      ),
  },
  {
    name: 'consent-sign-in-only',
    view: (messages) =>
      consentView(
        {
          form: FORM,
          account: 'anna@acme.example',
          application: { name: NAMES.rightToLeft, verified: false },
          signInOnly: true,
          identity: [{ text: 'See your name and your e-mail address' }],
          required: [],
          optional: [],
          returnTo: { kind: 'application', scheme: 'com.globex.app:' },
        },
        messages,
      ),
  },
  { name: 'consent-preview', view: (messages) => consentView(preview, messages) },
  { name: 'consent-suspended', view: (messages) => consentView({ ...consent, suspended: true }, messages) },
  { name: 'claims', view: (messages) => claimsView(claims, messages) },
  {
    name: 'claims-signed-in',
    view: (messages) =>
      claimsView(
        {
          ...claims,
          application: { name: NAMES.markup, publisher: NAMES.turning, verified: false, unknown: true },
          account: { name: 'mara.lindt', another: FORM },
          yours: { label: messages.claims.yours, url: '/console/access' },
          facts: (['name', 'username', 'email'] as const).map((fact) => ({
            field: fact,
            label: messages.claims.facts[fact],
            value: fact === 'name' ? NAMES.long : 'mara@globex.example',
            why: messages.claims.reasons[fact],
            seenBy: fact === 'username' ? messages.claims.seenByNobody : 'Anna Berger',
            kept: fact === 'username' ? messages.claims.keptFor(30) : messages.claims.keptWithShare(30, 90),
            fixed: true,
          })),
          partners: [],
          details,
        },
        messages,
      ),
    formAction: ['https://app.globex.example/uma'],
  },
  {
    name: 'claims-wrong',
    view: (messages) =>
      claimsView(
        {
          ...claims,
          resource: NAMES.long,
          owner: NAMES.rightToLeft,
          cancelledPartner: 'Globex GmbH',
          facts: claims.facts.map((fact, index) => ({ ...fact, problem: index === 0 ? 'mismatch' : 'missing' })),
        },
        messages,
      ),
  },
  { name: 'device-code', view: (messages) => deviceCodeView({ form: FORM, time: TIME }, messages) },
  {
    name: 'device-code-wrong',
    view: (messages) =>
      deviceCodeView({ form: FORM, time: TIME, code: 'WDJB MJH', problem: { kind: 'unknown' } }, messages),
  },
  {
    name: 'device-code-wait',
    view: (messages) =>
      deviceCodeView({ form: FORM, time: TIME, problem: { kind: 'wait', until: NOW + 600_000 } }, messages),
  },
  { name: 'device-confirm', view: (messages) => deviceConfirmView(device, messages) },
  {
    name: 'device-confirm-elsewhere',
    view: (messages) =>
      deviceConfirmView(
        {
          ...device,
          application: hostile,
          deviceName: NAMES.markup,
          place: 'Springfield',
          permissions: MANY.slice(0, 3),
          details,
        },
        messages,
      ),
  },
  {
    name: 'device-confirm-suspended',
    view: (messages) => deviceConfirmView({ ...device, suspended: true }, messages),
  },
];

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
    users: { count: 212, isMore: false },
    purpose: { text: 'to fill in your travel requests', lang: 'en' },
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
      without: 'Without it you enter them yourself.',
      isNew: true,
    },
  ],
  resources: {
    field: 'resources',
    choices: [
      { value: 'one', label: 'Only “Travel 2026”', checked: false },
      { value: 'other', label: 'Only “Travel 2027”', checked: false },
      { value: 'all', label: 'All of these', checked: false },
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
  time: TIME,
  returnTo: { kind: 'host', host: 'app.globex.example' },
  details,
};

const duration: NonNullable<ConsentModel['duration']> = { field: 'duration', choices: [], ...preview.duration };

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
      value: 'mara@globex.example',
    },
    {
      field: 'department',
      label: 'Your department',
      value: 'Buying',
      why: 'Only buyers may approve.',
      seenBy: 'Anna Berger',
    },
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
  place: { kind: 'here' },
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
          duration: { ...duration, before: { endsAt: NOW + 9 * 86_400_000 } },
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
            purpose: { text: `${NAMES.turning} ${NAMES.markup}`, lang: 'fr' },
            termsUrl: 'javascript:alert(3)',
            privacyUrl: 'https://globex.example@xn--80ak6aa92e.example/?<b>',
          },
          identity: [],
          required: [{ text: NAMES.markup, consequence: NAMES.turning }],
          optional: [
            { text: NAMES.markup, without: NAMES.markup, field: 'permission_0', value: NAMES.markup, checked: true },
          ],
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
          time: TIME,
          returnTo: { kind: 'application', scheme: 'com.globex.app:' },
        },
        messages,
      ),
  },
  { name: 'consent-preview', view: (messages) => consentView(preview, messages) },
  {
    name: 'consent-unanswered',
    view: (messages) => {
      const resources = preview.resources && { ...preview.resources, isUnanswered: true };
      return consentView({ ...consent, ...(resources && { resources }) }, messages);
    },
  },
  {
    name: 'consent-without-duration',
    view: (messages) => {
      const duration = preview.duration && { ...preview.duration, isUnanswered: true };
      return consentView({ ...consent, ...(duration && { duration }) }, messages);
    },
  },
  { name: 'consent-changed', view: (messages) => consentView({ ...consent, isChanged: true }, messages) },
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
          })),
          lacking: [messages.claims.facts.email],
          others: NAMES.markup,
          why: NAMES.markup,
          partners: [],
          details,
        },
        messages,
      ),
    formAction: ['https://app.globex.example/uma'],
  },
  {
    name: 'claims-changed',
    view: (messages) =>
      claimsView(
        {
          ...claims,
          resource: NAMES.long,
          owner: NAMES.rightToLeft,
          isChanged: true,
          facts: claims.facts.map((fact) => ({ ...fact, declined: true })),
          why: 'I cover the team during the audit week.',
        },
        messages,
      ),
  },
  { name: 'device-code', view: (messages) => deviceCodeView({ form: FORM, time: TIME }, messages) },
  {
    name: 'device-code-linked',
    view: (messages) => deviceCodeView({ form: FORM, time: TIME, code: 'WDJB-MJHT' }, messages),
  },
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
          place: {
            kind: 'elsewhere',
            there: { kind: 'internet', begins: '2001:db8:0:100:…' },
            here: { kind: 'private', begins: NAMES.markup },
            isKnown: false,
          },
          permissions: MANY.slice(0, 3),
          details,
        },
        messages,
      ),
  },
  {
    name: 'device-confirm-unknown-place',
    view: (messages) => deviceConfirmView({ ...device, place: { kind: 'unknown' } }, messages),
  },
  { name: 'device-confirm-changed', view: (messages) => deviceConfirmView({ ...device, isChanged: true }, messages) },
  {
    name: 'device-confirm-suspended',
    view: (messages) => deviceConfirmView({ ...device, suspended: true }, messages),
  },
];

import { ACR } from '@valetkey/protocol';
import type { AuthorizationDetail } from '@valetkey/tokens';
import type { AuthorizationRequest } from './authorization-request.js';
import type { AuthorizationStep, ConsentedBefore, PresentSession } from './next-step.js';
import { decideStep, givenScopes } from './next-step.js';

const NOW = 1_790_000_000_000;
const PHOTOS = 'https://photos.example';
const PAYMENT = { type: 'payment', value: 1 } as AuthorizationDetail;

const REQUEST: AuthorizationRequest = {
  clientId: 'shop',
  redirectUri: 'https://shop.example/cb',
  responseMode: 'query',
  scopes: ['openid', 'photos.read'],
  resources: [PHOTOS],
  codeChallenge: 'c',
  prompt: [],
  acrValues: [],
  uiLocales: [],
};
const SESSION: PresentSession = {
  id: 's',
  accountId: 'alice',
  authTime: NOW - 60_000,
  acr: ACR.twoFactors,
  amr: ['pwd', 'otp', 'mfa'],
};
const ALL: ConsentedBefore = { scopes: ['photos.read', 'openid', 'other'], resources: [PHOTOS] };
const NOTHING_MISSING: AuthorizationStep = { step: 'answer', scopes: ['openid', 'photos.read'] };
const error = (code: string) => ({ step: 'error', code });
const signIn = (why: string) => ({ step: 'sign_in', why });
const missing = (scopes: string[], resources: string[] = [], authorizationDetails: object[] = []) => ({
  step: 'consent',
  missing: {
    scopes,
    already: REQUEST.scopes.filter((one) => !scopes.includes(one)),
    claims: [],
    resources,
    authorizationDetails,
  },
});
const EVERYTHING = missing(['openid', 'photos.read'], [PHOTOS]);
const ASKED_AGAIN = (scopes: string[], already: string[]) => ({
  step: 'consent',
  missing: { scopes, already, claims: [], resources: [PHOTOS], authorizationDetails: [] },
});

interface Case {
  readonly request?: Partial<AuthorizationRequest>;
  /** `null`: nobody is signed in. */
  readonly session?: Partial<PresentSession> | null;
  /** `null`: nothing was ever given. */
  readonly consented?: Partial<ConsentedBefore> | null;
}

const decide = ({ request, session, consented }: Case) =>
  decideStep(
    { ...REQUEST, ...request },
    session === null ? undefined : { ...SESSION, ...session },
    consented === null ? undefined : { ...ALL, ...consented },
    NOW,
  );

describe('what comes next at the authorization endpoint', () => {
  it.each<[string, Case, object]>([
    ['answers when she is signed in and gave it all before', {}, NOTHING_MISSING],
    ['asks nobody to sign in', { session: null }, signIn('nobody')],
    ['asks nobody to sign in before anything else', { session: null, consented: null }, signIn('nobody')],
    ['OC-03 signs in again for prompt=login', { request: { prompt: ['login'] } }, signIn('again')],
    ['signs in for select_account', { request: { prompt: ['select_account'] } }, signIn('another_person')],
    ['OC-03 signs in again for max_age=0', { request: { maxAge: 0 }, session: { authTime: NOW } }, signIn('again')],
    ['OC-03 signs in again past max_age', { request: { maxAge: 59 } }, signIn('again')],
    ['answers at max_age exactly', { request: { maxAge: 60 } }, NOTHING_MISSING],
    ['asks for consent for prompt=consent', { request: { prompt: ['consent'] } }, EVERYTHING],
    ['signs in before it asks for consent', { request: { prompt: ['consent', 'login'] } }, signIn('again')],
  ])('%s', (_title, given, step) => {
    expect(decide(given)).toEqual(step);
  });

  describe('OC-02: prompt=none shows no page', () => {
    const silent = { prompt: ['none' as const] };

    it.each<[string, Case, object]>([
      ['answers', { request: silent }, NOTHING_MISSING],
      ['nobody is signed in', { request: silent, session: null }, error('login_required')],
      ['the sign-in is too old', { request: { ...silent, maxAge: 1 } }, error('login_required')],
      ['the sign-in is too weak', { request: { ...silent, acrValues: ['phr'] } }, error('login_required')],
      ['nothing was given', { request: silent, consented: null }, error('consent_required')],
      ['too little was given', { request: silent, consented: { scopes: ['openid'] } }, error('consent_required')],
      ['somebody else is meant', { request: { ...silent, idTokenHint: 'x' } }, error('login_required')],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('SU-02: acr_values', () => {
    it.each<[string, Case, object]>([
      ['are met by the same', { request: { acrValues: [ACR.twoFactors] } }, NOTHING_MISSING],
      ['are met by a stronger one', { request: { acrValues: [ACR.password] } }, NOTHING_MISSING],
      ['one of them is enough', { request: { acrValues: ['phr', 'urn:x', ACR.password] } }, NOTHING_MISSING],
      ['ask for a stronger sign-in', { request: { acrValues: ['phr'] } }, signIn('stronger')],
      ['ask for a sign-in where there is none', { request: { acrValues: ['phr'] }, session: null }, signIn('nobody')],
      [
        'that nobody can reach are an error',
        { request: { acrValues: ['urn:x'] } },
        error('unmet_authentication_requirements'),
      ],
      [
        'that nobody can reach are an error before anybody signs in',
        { request: { acrValues: ['urn:x'] }, session: null },
        error('unmet_authentication_requirements'),
      ],
      [
        'that she cannot reach are an error',
        { request: { acrValues: ['phr'] }, session: { reachableAcr: ACR.twoFactors } },
        error('unmet_authentication_requirements'),
      ],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('OC-03: id_token_hint', () => {
    const request = { idTokenHint: 'x.y.z' };

    it.each<[string, Case, object]>([
      ['of her: answers', { request, session: { isHinted: true } }, NOTHING_MISSING],
      ['of another person: login_required', { request, session: { isHinted: false } }, error('login_required')],
      ['that nobody verified: login_required', { request }, error('login_required')],
      ['while nobody is signed in: sign in', { request, session: null }, signIn('nobody')],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('OC-03, OpenID Connect Core 3.1.2.2: sub asked for with a value', () => {
    const request = { subjects: ['sub_1'] };

    it.each<[string, Case, object]>([
      ['of her: answers', { request, session: { isMeant: true } }, NOTHING_MISSING],
      ['of another person: sign in as that one', { request, session: { isMeant: false } }, signIn('another_person')],
      ['of whom nobody knows: sign in', { request }, signIn('another_person')],
      ['of nobody at all: sign in', { request: { subjects: [] } }, signIn('another_person')],
      ['in silence: login_required', { request: { ...request, prompt: ['none'] } }, error('login_required')],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('consent is asked once for each purpose', () => {
    it.each<[string, Case, object]>([
      ['for all, when nothing was given', { consented: null }, EVERYTHING],
      ['for the scope that is new', { consented: { scopes: ['openid'] } }, missing(['photos.read'])],
      ['for the resource that is new', { consented: { resources: [] } }, missing([], [PHOTOS])],
      ['RA-03 for details', { request: { authorizationDetails: [PAYMENT] } }, missing([], [], [PAYMENT])],
      [
        'RA-03 not for details that were given exactly so',
        { request: { authorizationDetails: [PAYMENT] }, consented: { authorizationDetails: [PAYMENT] } },
        NOTHING_MISSING,
      ],
      ['for a grant that is made by name', { request: { grantManagementAction: 'create' } }, EVERYTHING],
      ['for a grant that is changed by name', { request: { grantManagementAction: 'merge' } }, EVERYTHING],
      ['for a grant that is replaced by name', { request: { grantManagementAction: 'replace' } }, EVERYTHING],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('OC-05 attack class 26: claims asked for one by one are consented to one by one', () => {
    const request = { claims: { userinfo: { email: null }, id_token: { name: { essential: true } } } };
    const silent = { ...request, prompt: ['none' as const] };
    const asked = (claims: string[]) => ({
      step: 'consent',
      missing: { scopes: [], already: REQUEST.scopes, claims, resources: [], authorizationDetails: [] },
    });

    it.each<[string, Case, object]>([
      ['each that is new', { request }, asked(['name', 'email'])],
      ['not one that she gave', { request, consented: { claims: ['email'] } }, asked(['name'])],
      [
        'not one of a scope that she gave',
        { request, consented: { scopes: [...ALL.scopes, 'profile'] } },
        asked(['email']),
      ],
      ['none, once all were given', { request, consented: { claims: ['name', 'email'] } }, NOTHING_MISSING],
      ['in silence that is consent_required', { request: silent }, error('consent_required')],
      [
        'none of a scope that is asked for: that one is',
        {
          request: { ...request, scopes: ['openid', 'email', 'profile'] },
          consented: { scopes: ['openid', 'profile'] },
        },
        {
          step: 'consent',
          missing: {
            scopes: ['email'],
            already: ['openid', 'profile'],
            claims: [],
            resources: [],
            authorizationDetails: [],
          },
        },
      ],
      [
        'all of them by prompt=consent',
        { request: { ...request, prompt: ['consent'] }, consented: { claims: ['name', 'email'] } },
        { step: 'consent', missing: { ...EVERYTHING.missing, claims: ['name', 'email'] } },
      ],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('RFC 8252 section 8.6: who asks may be another application than the one that she gave it to', () => {
    const unproven = { isUnproven: true };
    const silent = { prompt: ['none' as const] };
    const shown = missing([]);

    it.each<[string, Case, object]>([
      ['she is shown who asks, though all was given', { consented: unproven }, shown],
      [
        'what she left out is not asked for again',
        {
          request: { optionalScopes: ['photos.read'] },
          consented: { ...unproven, scopes: ['openid'], declined: ['photos.read'] },
        },
        {
          step: 'consent',
          missing: { scopes: [], already: ['openid'], claims: [], resources: [], authorizationDetails: [] },
        },
      ],
      [
        'what is new is asked for as ever',
        { consented: { ...unproven, scopes: ['openid'] } },
        missing(['photos.read']),
      ],
      ['OC-02 in silence there is no answer', { request: silent, consented: unproven }, error('interaction_required')],
      [
        'OC-02 in silence what is new is consent_required, as ever',
        { request: silent, consented: { ...unproven, scopes: ['openid'] } },
        error('consent_required'),
      ],
      ['a proven one is answered', { consented: { isUnproven: false } }, NOTHING_MISSING],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });
  });

  describe('optional scopes', () => {
    const optional = { optionalScopes: ['photos.read'] };
    const leftOut = { scopes: ['openid'], declined: ['photos.read'] };

    it.each<[string, Case, object]>([
      ['are asked for once', { request: optional, consented: { scopes: ['openid'] } }, missing(['photos.read'])],
      [
        'that she left out are not asked for again',
        { request: optional, consented: leftOut },
        { step: 'answer', scopes: ['openid'] },
      ],
      [
        'that she left out are no reason to fail in silence',
        { request: { ...optional, prompt: ['none'] }, consented: leftOut },
        { step: 'answer', scopes: ['openid'] },
      ],
      [
        'that she left out are asked for again by prompt=consent',
        { request: { ...optional, prompt: ['consent'] }, consented: leftOut },
        ASKED_AGAIN(['openid', 'photos.read'], []),
      ],
      [
        'that she gave are not asked for again by prompt=consent',
        { request: { ...optional, prompt: ['consent'] } },
        ASKED_AGAIN(['openid'], ['photos.read']),
      ],
      ['that are needed by now are asked for', { consented: leftOut }, missing(['photos.read'])],
      [
        'are asked for again where they are all that is asked for',
        { request: { ...optional, scopes: ['photos.read'] }, consented: leftOut },
        {
          step: 'consent',
          missing: { scopes: ['photos.read'], already: [], claims: [], resources: [], authorizationDetails: [] },
        },
      ],
      [
        'that she left out are asked for with a grant by name',
        { request: { ...optional, grantManagementAction: 'create' }, consented: leftOut },
        EVERYTHING,
      ],
    ])('%s', (_title, given, step) => {
      expect(decide(given)).toEqual(step);
    });

    it('are given when they are ticked; what is needed, and what was given before, in any case', () => {
      const scopes = ['openid', 'a', 'b', 'c', 'd'];
      const asked = {
        scopes: ['openid', 'a', 'b'],
        already: ['c'],
        claims: [],
        resources: [],
        authorizationDetails: [],
      };
      const request = { scopes, optionalScopes: ['a', 'b', 'c', 'd'] };
      expect(givenScopes(request, asked, (scope) => scope === 'b')).toEqual(['openid', 'b', 'c']);
      expect(givenScopes(request, asked, () => true)).toEqual(['openid', 'a', 'b', 'c']);
      expect(givenScopes({ scopes }, asked, () => false)).toEqual(['openid', 'a', 'b', 'c']);
    });
  });
});

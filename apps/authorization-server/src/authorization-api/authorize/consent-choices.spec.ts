import type { AuthorizationRequest, MissingConsent } from '@valetkey/oauth';
import { chosenIn, choicesOf, unansweredIn } from './consent-choices.js';

const OPTIONS = { consentDays: [30, 90], consentWithoutEnd: false };
const [ONE, OTHER] = ['https://one.example', 'https://other.example'];
const REQUEST: AuthorizationRequest = {
  clientId: 'shop',
  redirectUri: 'https://shop.example/cb',
  responseMode: 'query',
  scopes: ['openid', 'photos.read'],
  resources: [ONE, OTHER],
  codeChallenge: 'c',
  prompt: [],
  acrValues: [],
  uiLocales: [],
};
const MISSING: MissingConsent = {
  scopes: ['openid', 'photos.read'],
  already: [],
  claims: [],
  resources: [ONE, OTHER],
  authorizationDetails: [],
};
const formOf = (values: Readonly<Record<string, string>>) => ({ get: (name: string) => values[name] });

describe('what a person chooses on the consent page besides scopes', () => {
  interface Case {
    readonly request?: Partial<AuthorizationRequest>;
    readonly missing?: Partial<MissingConsent>;
    readonly options?: Partial<typeof OPTIONS>;
  }
  const NOTHING = { scopes: [], resources: [] };
  const DETAILS = { ...NOTHING, authorizationDetails: [{ type: 'a' }] };
  const USUAL = [30, 90, 'once'];

  it.each<[string, Case, object]>([
    ['one of several resources, and a time', {}, { resources: [ONE, OTHER], spans: USUAL }],
    ['no resource of one', { missing: { resources: [OTHER] } }, { resources: [], spans: USUAL }],
    [
      'no end where the operator allows it',
      { options: { consentWithoutEnd: true } },
      { spans: [...USUAL, 'until_ended'] },
    ],
    ['not this time only for a grant by name', { request: { grantManagementAction: 'merge' } }, { spans: [30, 90] }],
    ['no time where nothing is new', { missing: NOTHING }, { resources: [], spans: [] }],
    [
      'no time for who she is',
      { request: { scopes: ['openid', 'email'] }, missing: { resources: [], scopes: ['email'] } },
      { spans: [] },
    ],
    [
      'a time for access while she is away',
      { request: { scopes: ['openid', 'offline_access'] }, missing: { resources: [] } },
      { spans: USUAL },
    ],
    ['a time for details', { request: { scopes: ['openid'] }, missing: DETAILS }, { spans: USUAL }],
  ])('%s', (_what, { request, missing, options }, expected) => {
    const choices = choicesOf({ ...REQUEST, ...request }, { ...MISSING, ...missing }, { ...OPTIONS, ...options });
    expect(choices).toMatchObject(expected);
  });

  it.each<[string, Readonly<Record<string, string>>, object | undefined]>([
    ['nothing', {}, undefined],
    ['no resource', { duration: '90' }, undefined],
    ['an empty resource', { resources: '' }, undefined],
    ['all of them, and no time', { resources: 'all' }, undefined],
    [
      'all of them, for the time that was preselected',
      { resources: 'all', duration: '30' },
      { resources: [ONE, OTHER], lasts: 30 },
    ],
    ['all of them, for longer', { resources: 'all', duration: '90' }, { resources: [ONE, OTHER], lasts: 90 }],
    ['one, for this time', { resources: OTHER, duration: 'once' }, { resources: [OTHER], lasts: 'once' }],
    ['a resource that is none of them, for a time', { resources: 'https://evil.example', duration: '30' }, undefined],
    ['a time that is not offered', { resources: 'all', duration: 'until_ended' }, undefined],
    ['a time between two that are', { resources: 'all', duration: '60' }, undefined],
  ])('attack class 25: a form that says %s', (_what, values, expected) => {
    expect(chosenIn(formOf(values), REQUEST, MISSING, OPTIONS)).toEqual(expected);
  });

  it('what she gave before stays whatever she chooses now', () => {
    const third = 'https://third.example';
    const request = { ...REQUEST, resources: [third, ONE, OTHER] };
    expect(chosenIn(formOf({ resources: ONE, duration: '30' }), request, MISSING, OPTIONS)?.resources).toEqual([
      third,
      ONE,
    ]);
  });

  it('what is left open is asked for again, each by its name', () => {
    const both = choicesOf(REQUEST, MISSING, OPTIONS);
    expect(unansweredIn(formOf({}), both)).toEqual(['resources', 'duration']);
    expect(unansweredIn(formOf({ resources: ONE }), both)).toEqual(['duration']);
    expect(unansweredIn(formOf({ resources: ONE, duration: '30' }), both)).toEqual([]);
    expect(unansweredIn(formOf({}), { resources: [], spans: [] })).toEqual([]);
  });

  it('without a choice of time nothing is said of the end', () => {
    const nothing = { ...MISSING, scopes: [], resources: [] };
    expect(chosenIn(formOf({ duration: 'until_ended' }), REQUEST, nothing, OPTIONS)).toBeUndefined();
    expect(chosenIn(formOf({}), REQUEST, nothing, OPTIONS)).toEqual({ resources: [ONE, OTHER] });
  });
});

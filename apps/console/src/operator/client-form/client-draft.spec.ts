import { addressProblem, differences, EMPTY_DRAFT, problemsIn, toDraft, toSettings, withPart } from './client-draft.js';

const GOOD = { ...EMPTY_DRAFT, client_name: 'Shop', redirect_uris: 'https://shop.example/back' };

describe('settings of a client as somebody writes them', () => {
  it('lists are lines, and come back as they were', () => {
    const settings = toSettings({
      ...GOOD,
      redirect_uris: ' https://a.example/ \n\nhttps://b.example/',
      scope: ' a\n b ',
    });
    expect([settings.redirect_uris, settings.scope]).toEqual([['https://a.example/', 'https://b.example/'], 'a b']);
    expect(toSettings(toDraft(settings))).toEqual(settings);
  });

  it('a part changes what belongs to it, and nothing else', () => {
    const settings = toSettings(GOOD);
    const changed = withPart(settings, { ...GOOD, client_name: 'Other', scope: 'x' }, 'asks');
    expect([changed.client_name, changed.scope]).toEqual(['Shop', 'x']);
    expect(differences(settings, changed, 'asks')).toEqual(['scope']);
    expect(differences(settings, changed, 'who')).toEqual([]);
  });

  it.each([
    ['https://shop.example/back', 'web', undefined],
    ['http://shop.example/back', 'web', 'https_of_web'],
    ['http://127.0.0.1/back', 'native', undefined],
    ['com.example.app:/back', 'native', undefined],
    ['com.example.app:/back', 'web', 'https_of_web'],
    ['https://shop.example/#a', 'web', 'fragment'],
    ['https://*.shop.example/', 'web', 'wildcard'],
    ['shop.example/back', 'web', 'not_absolute'],
  ] as const)('return address %s of a %s application: %s', (address, type, rule) => {
    expect(addressProblem(address, type)).toBe(rule);
  });

  it('what is missing, and the first line that breaks a rule', () => {
    expect(problemsIn(GOOD)).toEqual([]);
    expect(problemsIn({ ...EMPTY_DRAFT, token_endpoint_auth_method: 'private_key_jwt' })).toEqual([
      { member: 'client_name', kind: 'missing' },
      { member: 'jwks_uri', kind: 'missing' },
      { member: 'redirect_uris', kind: 'missing' },
    ]);
    const lines = 'https://a.example/\nhttp://b.example/\nhttps://c.example/#';
    expect(problemsIn({ ...GOOD, redirect_uris: lines })).toEqual([
      { member: 'redirect_uris', kind: 'https_of_web', line: 2 },
    ]);
  });
});

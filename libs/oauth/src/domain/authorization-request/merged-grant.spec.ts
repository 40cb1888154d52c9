import { mergedContent } from './merged-grant.js';

const PHOTOS = 'https://photos.example';
const MAIL = 'https://mail.example';
const PRESENT = { scopes: ['openid', 'photos.read'], resources: [PHOTOS], authorizationDetails: [], claims: [] };

describe('Grant Management: what a code gives that was added to a grant', () => {
  it('IR-50 is all of the grant, what was asked now first', () => {
    const added = { scopes: ['mail.read', 'openid'], resources: [MAIL], authorizationDetails: [{ type: 'b' }] };
    const present = { ...PRESENT, scopes: ['openid', 'photos.read', 'mail.read'], resources: [PHOTOS, MAIL] };
    expect(mergedContent(added, { ...present, authorizationDetails: [{ type: 'a' }, { type: 'b' }] })).toEqual({
      scopes: ['mail.read', 'openid', 'photos.read'],
      resources: [MAIL, PHOTOS],
      authorizationDetails: [{ type: 'b' }, { type: 'a' }],
      added: { scopes: ['mail.read', 'openid'], resources: [MAIL] },
    });
  });

  it('IR-50 has claims that she gave before told at UserInfo, unless they are asked for anew', () => {
    const claims = { id_token: { name: { essential: true } } };
    const added = { scopes: ['openid'], resources: [], claims };
    expect(mergedContent(added, { ...PRESENT, claims: ['name'] }).claims).toEqual(claims);
    expect(mergedContent(added, { ...PRESENT, claims: ['name', 'email'] }).claims).toEqual({
      ...claims,
      userinfo: { email: null },
    });
    expect(mergedContent({ scopes: ['openid'], resources: [] }, PRESENT)).not.toHaveProperty('claims');
    expect(mergedContent({ scopes: ['openid'], resources: [] }, PRESENT)).not.toHaveProperty('authorizationDetails');
  });
});

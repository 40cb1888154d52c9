import fc from 'fast-check';
import type { ResourceServer } from '@valetkey/clients';
import { OAuthError } from './oauth-error.js';
import type { Audiences, RequestedAccess, Target } from './target.js';
import {
  remainingAccess,
  resolveRequestedAccess,
  resolveTarget,
  scopesOfResources,
  targetOfGrant,
  targetOfRefresh,
} from './target.js';

const server = (clientId: string, scopes: string[]): ResourceServer => ({
  clientId,
  resource: `https://${clientId}.example`,
  name: clientId,
  realm: clientId,
  scopes,
  partialGrant: false,
  enabled: true,
});
const AUDIENCES: Audiences = {
  issuer: 'https://as.example',
  servers: [server('photos', ['photos.read', 'photos.write']), server('mail', ['mail.read'])],
};
const SCOPES = ['photos.read', 'photos.write', 'mail.read', 'free', 'uma_protection', 'authorizations'];
const RESOURCES = [
  'https://photos.example',
  'https://mail.example',
  'https://as.example',
  'https://unknown.example',
  'x',
  'https://photos.example#f',
];

const PHOTOS = 'https://photos.example';
const MAIL = 'https://mail.example';
const outcome = (attempt: () => unknown): unknown => {
  try {
    return attempt();
  } catch (error) {
    return error instanceof OAuthError ? `${error.code} ${error.reason}` : error;
  }
};

const audienceOf = (scope: string): string | null =>
  ({ photos: 'https://photos.example', mail: 'https://mail.example' })[scope.split('.')[0] as string] ??
  (['uma_protection', 'authorizations'].includes(scope) ? AUDIENCES.issuer : null);

describe('what a token may be for (RFC 8707 §2, RFC 9068 §3)', () => {
  const request = fc.record({
    scopes: fc.subarray(SCOPES),
    audiences: fc.subarray(RESOURCES.slice(0, 2)),
    wanted: fc.option(fc.subarray(SCOPES, { minLength: 1 }), { nil: undefined }),
    resources: fc.subarray(RESOURCES, { maxLength: 2 }),
  });
  const resolve = ({
    wanted,
    resources,
    ...client
  }: {
    scopes: string[];
    audiences: string[];
    wanted: string[] | undefined;
    resources: string[];
  }): Target | string => {
    try {
      return resolveTarget(client, wanted?.join(' '), resources, AUDIENCES);
    } catch (error) {
      if (error instanceof OAuthError) return error.body.error;
      throw error;
    }
  };

  it('CO-17 RI-03 AT-04 never gives a scope the client has not, nor scopes of two audiences', () => {
    fc.assert(
      fc.property(request, (given) => {
        const target = resolve(given);
        if (typeof target === 'string') return expect(['invalid_scope', 'invalid_target']).toContain(target);
        for (const scope of target.scopes) {
          expect(given.scopes).toContain(scope);
          expect(audienceOf(scope)).toBe(target.audience);
          if (given.wanted) expect(given.wanted).toContain(scope);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('RI-01 RI-02 a resource is honoured or refused, never passed over', () => {
    fc.assert(
      fc.property(request, (given) => {
        const target = resolve(given);
        if (typeof target === 'string' || given.resources.length === 0) return;
        expect(given.resources).toEqual([target.audience]);
        expect([AUDIENCES.issuer, ...given.audiences]).toContain(target.audience);
      }),
      { numRuns: 1_000 },
    );
  });

  it('CO-17 silence never opens an API of this server', () => {
    fc.assert(
      fc.property(request, (given) => {
        const target = resolve({ ...given, wanted: undefined, resources: [] });
        if (typeof target !== 'string') expect(target.audience).not.toBe(AUDIENCES.issuer);
      }),
    );
  });

  it.each(['', '  ', 'a"b', 'a\\b', 'é', 'a\tb'])('CO-17 %j is no scope', (wanted) => {
    expect(resolve({ scopes: SCOPES, audiences: [], wanted: [wanted], resources: [] })).toBe('invalid_scope');
  });

  describe('scopes about the person (OpenID Connect Core §5.4)', () => {
    const all = { scopes: ['openid', 'profile', 'photos.read', 'mail.read', 'free'], audiences: RESOURCES.slice(0, 2) };
    const target = (wanted: string | undefined, ...resources: string[]) =>
      resolve({ ...all, wanted: wanted?.split(' '), resources });

    it('OC-05 alone are for this server, where UserInfo is', () => {
      expect(target('openid profile')).toEqual({ scopes: ['openid', 'profile'], audience: AUDIENCES.issuer });
      expect(target('openid', AUDIENCES.issuer)).toEqual({ scopes: ['openid'], audience: AUDIENCES.issuer });
      expect(target('profile')).toEqual({ scopes: ['profile'], audience: null });
    });

    it('RI-03 go with the scopes of any one API', () => {
      const audience = 'https://photos.example';
      const scopes = ['openid', 'photos.read'];
      expect(target('openid photos.read')).toEqual({ scopes, audience, opensUserInfo: true });
      expect(target('openid photos.read', audience)).toEqual({ scopes, audience });
      expect(target('openid photos.read mail.read')).toBe('invalid_scope');
    });

    it('OC-05 are never given unasked', () => {
      expect(resolve({ ...all, scopes: ['openid', 'free'], wanted: undefined, resources: [] })).toMatchObject({
        scopes: ['free'],
      });
    });
  });
});

describe('CO-17 a client that names this server and has no scope of its APIs', () => {
  it('gets nothing for it', () => {
    const client = { scopes: ['openid', 'free'], audiences: [] };
    expect(outcome(() => resolveTarget(client, undefined, [AUDIENCES.issuer], AUDIENCES))).toBe(
      'invalid_scope scope_missing',
    );
  });
});

describe('what a person is asked for, and what a token of it is for (RFC 8707 section 2)', () => {
  const client = { scopes: [...SCOPES, 'openid', 'profile', 'offline_access'], audiences: [PHOTOS, MAIL] };
  const ask = (scopes: string[], resources: string[] = []) =>
    resolveRequestedAccess(client, scopes, resources, AUDIENCES);

  it.each<[string[], string[], string | undefined]>([
    [['openid', 'profile', 'photos.read'], [], undefined],
    [['openid', 'photos.read', 'mail.read'], [PHOTOS, MAIL], undefined],
    [['openid'], [MAIL], undefined],
    [['authorizations'], [AUDIENCES.issuer], undefined],
    [['photos.read', 'mail.read'], [], 'invalid_scope scope_of_several_audiences'],
    [['photos.read', 'authorizations'], [], 'invalid_scope scope_of_several_audiences'],
    [['photos.read'], [MAIL], 'invalid_scope scope_not_of_audience'],
    [['free'], [PHOTOS], 'invalid_scope scope_not_of_audience'],
    [['admin'], [], 'invalid_scope scope_not_allowed'],
    [['openid'], ['https://unknown.example'], 'invalid_target target_unknown'],
    [['openid'], [PHOTOS, 'x'], 'invalid_target target_malformed'],
    [['openid'], [`${PHOTOS}#f`], 'invalid_target target_malformed'],
  ])('RI-01 a request for %j at %j is judged: %s', (scopes, resources, refusal) => {
    expect(outcome(() => ask(scopes, resources))).toEqual(refusal ?? { scopes, resources });
  });

  const BOTH = { scopes: ['openid', 'photos.read', 'mail.read'] };

  it.each<[string, RequestedAccess, string[], unknown]>([
    [
      'the only one',
      { scopes: ['openid', 'photos.read'], resources: [] },
      [],
      { scopes: ['openid', 'photos.read'], audience: PHOTOS, opensUserInfo: true },
    ],
    [
      'the only one, and UserInfo no more once it is named',
      { scopes: ['openid', 'photos.read'], resources: [] },
      [PHOTOS],
      { scopes: ['openid', 'photos.read'], audience: PHOTOS },
    ],
    [
      'the only one, which was named before',
      { scopes: ['openid', 'photos.read'], resources: [PHOTOS] },
      [],
      { scopes: ['openid', 'photos.read'], audience: PHOTOS },
    ],
    [
      'the only one, named',
      { scopes: ['photos.read'], resources: [] },
      [PHOTOS],
      { scopes: ['photos.read'], audience: PHOTOS },
    ],
    [
      'the first one',
      { scopes: ['photos.read', 'mail.read'], resources: [MAIL, PHOTOS] },
      [],
      { scopes: ['mail.read'], audience: MAIL },
    ],
    [
      'the one asked for',
      { scopes: ['openid', 'photos.read', 'mail.read'], resources: [MAIL, PHOTOS] },
      [PHOTOS],
      { scopes: ['openid', 'photos.read'], audience: PHOTOS },
    ],
    [
      'this server, for UserInfo',
      { scopes: ['openid', 'profile'], resources: [] },
      [],
      { scopes: ['openid', 'profile'], audience: AUDIENCES.issuer },
    ],
    ['nobody', { scopes: ['offline_access'], resources: [] }, [], { scopes: ['offline_access'], audience: null }],
    [
      'UserInfo, beside an API',
      { scopes: ['openid', 'profile', 'photos.read'], resources: [] },
      [AUDIENCES.issuer],
      { scopes: ['openid', 'profile'], audience: AUDIENCES.issuer },
    ],
    [
      'UserInfo, beside an API that was named',
      { scopes: ['openid', 'photos.read'], resources: [PHOTOS] },
      [AUDIENCES.issuer],
      { scopes: ['openid'], audience: AUDIENCES.issuer },
    ],
    [
      'this server where nothing of it was granted',
      { scopes: ['profile', 'photos.read'], resources: [PHOTOS] },
      [AUDIENCES.issuer],
      'invalid_target target_unknown',
    ],
    [
      'one that was not asked for',
      { scopes: ['photos.read'], resources: [PHOTOS] },
      [MAIL],
      'invalid_target target_unknown',
    ],
    [
      'another than the scopes are of',
      { scopes: ['photos.read'], resources: [] },
      [MAIL],
      'invalid_target target_unknown',
    ],
    [
      'what was added to a grant, while the rest named a resource',
      { ...BOTH, resources: [PHOTOS], added: { scopes: ['mail.read'], resources: [] } },
      [],
      { scopes: ['openid', 'mail.read'], audience: MAIL },
    ],
    [
      'what was in a grant before, where that named none',
      { ...BOTH, resources: [MAIL], added: { scopes: ['mail.read'], resources: [MAIL] } },
      [PHOTOS],
      { scopes: ['openid', 'photos.read'], audience: PHOTOS },
    ],
    [
      'the resource that was added without scopes',
      { ...BOTH, scopes: ['openid', 'photos.read'], resources: [MAIL], added: { scopes: [], resources: [MAIL] } },
      [],
      { scopes: ['openid'], audience: MAIL },
    ],
    [
      'UserInfo, where nothing else was added or there before',
      { scopes: ['openid'], resources: [], added: { scopes: ['openid'], resources: [] } },
      [],
      { scopes: ['openid'], audience: AUDIENCES.issuer },
    ],
    [
      'two at once',
      { scopes: ['photos.read'], resources: [PHOTOS, MAIL] },
      [PHOTOS, MAIL],
      'invalid_target several_targets',
    ],
  ])('RI-02 RI-03 a token is for %s', (_title, granted, asked, expected) => {
    expect(outcome(() => targetOfGrant(granted, asked, AUDIENCES))).toEqual(expected);
  });
});

describe('what a refreshed token is for', () => {
  const scopes = ['openid', 'photos.read', 'mail.read'];
  const both = { scopes, resources: [PHOTOS, MAIL], audience: PHOTOS };
  const ofPhotos = { scopes: ['photos.read'], resources: [], audience: PHOTOS };

  it.each<[string, typeof both, { scopes?: string[]; resources?: string[] }, unknown]>([
    ['the usual one', both, {}, { audience: PHOTOS, scopes: ['openid', 'photos.read'] }],
    ['the one that is asked for', both, { resources: [MAIL] }, { audience: MAIL, scopes: ['openid', 'mail.read'] }],
    ['the one of the scopes', both, { scopes: ['mail.read'] }, { audience: MAIL, scopes: ['openid', 'mail.read'] }],
    ['the usual one with scopes of two', both, { scopes }, { audience: PHOTOS, scopes: ['openid', 'photos.read'] }],
    ['UserInfo', both, { resources: [AUDIENCES.issuer] }, { audience: AUDIENCES.issuer, scopes: ['openid'] }],
    [
      'nothing of UserInfo without openid',
      ofPhotos,
      { resources: [AUDIENCES.issuer] },
      'invalid_target target_unknown',
    ],
    ['nothing beyond the grant', ofPhotos, { resources: [MAIL] }, 'invalid_target target_unknown'],
    [
      'nothing that scopes alone would open',
      ofPhotos,
      { scopes: ['mail.read'] },
      { ...ofPhotos, resources: undefined },
    ],
    ['one at a time', both, { resources: [PHOTOS, MAIL] }, 'invalid_target several_targets'],
  ])('RI-02 RI-03 is %s', (_title, granted, { scopes: wanted, resources = [] }, expected) => {
    expect(outcome(() => targetOfRefresh(granted, { scopes: wanted, resources }, AUDIENCES))).toEqual(expected);
  });
});

describe('what is left of what a person gave', () => {
  const scopes = ['openid', 'offline_access', 'photos.read'];
  const client = { scopes: [...scopes, 'mail.read'], audiences: [PHOTOS, MAIL] };
  const left = (resources: string[], recordScopes: string[], by = client) =>
    outcome(() => remainingAccess({ granted: { scopes, resources }, recordScopes, client: by }, AUDIENCES));

  it('CO-17 a scope that the record or the client has lost is gone', () => {
    expect(left([PHOTOS], scopes)).toEqual({ scopes, resources: [PHOTOS] });
    expect(left([PHOTOS], ['openid', 'photos.read', 'mail.read'])).toMatchObject({ scopes: ['openid', 'photos.read'] });
    const less = { ...client, scopes: ['openid', 'photos.read'] };
    expect(left([PHOTOS], scopes, less)).toMatchObject({ scopes: ['openid', 'photos.read'] });
  });

  it('CO-17 a resource that the client has lost is gone; this server never is', () => {
    const less = { ...client, audiences: [MAIL] };
    expect(left([PHOTOS, MAIL], scopes, less)).toMatchObject({ resources: [MAIL] });
    expect(left([AUDIENCES.issuer], scopes, less)).toMatchObject({ resources: [AUDIENCES.issuer] });
  });

  it('where nothing is left of scopes or resources there is no grant', () => {
    const refusal = 'invalid_grant scope_not_allowed';
    expect(left([PHOTOS], ['mail.read'])).toBe(refusal);
    expect(left([PHOTOS], scopes, { ...client, audiences: [MAIL] })).toBe(refusal);
    expect(left([], scopes)).toEqual({ scopes, resources: [] });
  });

  it('scopes go with their resources, those about the person with any', () => {
    const all = [...scopes, 'mail.read', 'free'];
    expect(scopesOfResources(all, [MAIL], AUDIENCES)).toEqual(['openid', 'offline_access', 'mail.read']);
    expect(scopesOfResources(all, [], AUDIENCES)).toEqual(['openid', 'offline_access']);
  });
});

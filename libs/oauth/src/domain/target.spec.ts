import fc from 'fast-check';
import type { ResourceServer } from '@valetkey/clients';
import { OAuthError } from './oauth-error.js';
import type { Audiences, Target } from './target.js';
import { resolveTarget } from './target.js';

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
});

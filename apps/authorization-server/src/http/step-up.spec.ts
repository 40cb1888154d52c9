import type { OAuthError } from '@valetkey/oauth';
import { ACR } from '@valetkey/protocol';
import type { SignInDemand } from './step-up.js';
import { demandSignIn } from './step-up.js';

const NOW = 1_767_225_600_000;
const signIn = { authTime: NOW - 60_000, acr: ACR.twoFactors, amr: ['pwd', 'otp', 'mfa'] };

function challenge(token: Parameters<typeof demandSignIn>[0], demand: SignInDemand): string {
  try {
    demandSignIn(token, demand, NOW);
    return 'let through';
  } catch (error) {
    const { code, status, headers } = error as OAuthError;
    expect([code, status]).toEqual(['insufficient_user_authentication', 401]);
    return headers['www-authenticate'] ?? '';
  }
}

describe('RFC 9470 §3: step-up', () => {
  it.each([
    {},
    { acr: ACR.password },
    { acr: ACR.twoFactors },
    { maxAge: 60_000 },
    { acr: ACR.password, maxAge: 61_000 },
  ])('SU-01 a sign-in that is enough for %j is let through', (demand) => {
    expect(challenge({ signIn }, demand)).toBe('let through');
  });

  it('SU-01 one that is not is told what to ask for, in the scheme of its token', () => {
    expect(challenge({ signIn }, { acr: ACR.phishingResistant })).toBe(
      'Bearer realm="valetkey", error="insufficient_user_authentication", acr_values="phr"',
    );
    expect(challenge({ signIn, confirmation: { jkt: 'x' } }, { maxAge: 59_999 })).toMatch(
      /^DPoP realm="valetkey", error="insufficient_user_authentication", max_age="59", algs="/,
    );
  });

  it('SU-01 a token without a sign-in is not enough for anything that is demanded', () => {
    expect(challenge({}, { maxAge: 1_000_000 })).toContain('max_age="1000"');
    expect(challenge({}, { acr: ACR.password })).toContain('acr_values="urn:valetkey:acr:1"');
    expect(challenge({ signIn: { ...signIn, acr: 'urn:unknown' } }, { acr: ACR.password })).toContain('acr_values=');
  });
});

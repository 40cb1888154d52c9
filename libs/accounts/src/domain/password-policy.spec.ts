import fc from 'fast-check';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { normalizePassword, passwordProblem } from './password-policy.js';

describe('NIST SP 800-63B 3.1.1: new passwords', () => {
  it.each([
    ['too_short', 'short-of-12'],
    ['too_short', ''],
    // Twelve code units, six characters.
    ['too_short', '👩👩👩👩👩👨'],
    ['too_long', 'long-'.repeat(26)],
    ['too_long', 'x'.repeat(1_000_000)],
    ['too_common', 'Password1234'],
    ['too_common', 'PASSWORD@2025'],
    ['too_common', 'aaaaaaaaaaaaaa'],
    ['too_common', 'abcabcabcabcab'],
    ['too_common', '123456789012'],
    ['too_common', '098765432109'],
    ['too_common', 'qwertyuiopas'],
    ['like_name', 'alice@example.org'],
  ])('%s: %s', (problem, password) => {
    expect(passwordProblem(password, ['alice', 'Alice@Example.org'])).toBe(problem);
  });

  it.each(['nothing but small letters', 'correct-battery-horse', 'ünïcödé wörds', '4711 0815 2718 3141'])(
    'no kinds of characters are asked for: %s is taken',
    (password) => {
      expect(passwordProblem(password, ['alice'])).toBeUndefined();
    },
  );

  it('the list holds only what would be long enough, in the form that is compared', () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(150);
    for (const password of COMMON_PASSWORDS) {
      expect(password.length).toBeGreaterThanOrEqual(12);
      expect(password).toBe(password.normalize('NFKC').toLowerCase());
      expect(passwordProblem(password)).toBe('too_common');
    }
  });

  it('are one whatever keyboard they were typed on, and never cut', () => {
    expect(normalizePassword('e\u0301galite\u0301 ﬁxe 12')).toBe(normalizePassword('\u00e9galit\u00e9 fixe 12'));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        const normalized = normalizePassword(text);
        if (normalized !== undefined) expect(normalized).toBe(text.normalize('NFKC'));
        else expect([...text.normalize('NFKC')].length > 128 || text.length > 1024).toBe(true);
      }),
    );
  });
});

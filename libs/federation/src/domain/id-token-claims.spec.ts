import { isPlainText, personalClaims } from './id-token-claims.js';

describe('claims of ID tokens that are kept (UMA Grant section 3.3.1)', () => {
  it('leaves out claims with control characters or lone surrogates, in names, values and lists', () => {
    const payload = {
      name: 'Zo\u00eb \u{1f600}',
      teams: ['ops', 'sales'],
      email: 'a@b.example\r\nBcc: c@d.example',
      nickname: 'nul\0',
      locale: '\u009b31m',
      zoneinfo: '\ud83d',
      groups: ['ops', '\udc00'],
      'bad\nname': 'x',
    };
    expect(personalClaims(payload)).toEqual({ name: payload.name, teams: payload.teams });
  });

  it.each(['\0', 'a\nb', '\u007f', '\u0085', '\ud800', 'x\udfff'])('%j is no plain text', (text) => {
    expect(isPlainText(text)).toBe(false);
  });
});

import { personName, withoutBidiControls } from './plain-text.js';

describe('FedAuthz §7, IR-40: text of others', () => {
  it.each(['\u202e', '\u202a', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c'])('loses %j', (control) =>
    expect(withoutBidiControls(`a${control}b${control}`)).toBe('ab'),
  );

  it('keeps what is written from right to left', () => expect(withoutBidiControls('שלום אب')).toBe('שלום אب'));

  it('a name is one line of whole characters, 200 at most', () => {
    expect(personName('Eve\u202e\n<b>\u0000\ud800!')).toBe('Eve <b>  !');
    expect([...personName('🔑'.repeat(300))]).toHaveLength(200);
  });
});

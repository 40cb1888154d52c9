import { challenge, quoted } from './refusal.js';

describe('RFC 9110 §5.6.4: quoted strings', () => {
  it('quotes and escapes, so that a value cannot end early and add parameters', () => {
    expect(quoted('a"b\\c')).toBe('"a\\"b\\\\c"');
    expect(challenge('UMA', { realm: 'x", as_uri="https://evil.example', ticket: 't' })).toBe(
      'UMA realm="x\\", as_uri=\\"https://evil.example", ticket="t"',
    );
  });

  it.each(['a\r\nset-cookie: b', 'a\nb', 'a\0b', 'a\tb', 'caf\u00e9', '\u202e'])('refuses %j', (text) => {
    expect(() => quoted(text)).toThrow(TypeError);
  });
});

import { isCompactJws, isStrictJws } from './strict-jws.js';

const jws = (header: string, payload: string) =>
  [header, payload, 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');

describe('RFC 7515 5.2, RFC 7519 4: strict compact JWS', () => {
  it.each(['{}', '{"a":1,"b":{"a":[{"a":1},{"a":2}]}}', '{"a":"{\\"b\\":1,\\"b\\":2}","c":":"}', '{"a\\\\":1,"a":2}'])(
    'takes %s',
    (payload) => {
      expect(isStrictJws(jws('{"alg":"ES256"}', payload))).toBe(true);
    },
  );

  it.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"x":{"a":1,"b":[],"a":2}}', '{"x":[{"a":1,"a":2}]}'])(
    'J-10 refuses %s, which names a member twice',
    (payload) => {
      expect(isStrictJws(jws('{"alg":"ES256"}', payload))).toBe(false);
      expect(isStrictJws(jws(payload, '{}'))).toBe(false);
    },
  );

  it.each(['', 'a', 'a.b', 'a.b.c.d', 'a.b.', '.b.c', 'a .b.c', 'a.b.c=', 'a+.b.c', 'a/.b.c', 'a.b.c\n'])(
    'J-10 refuses %j, which is not compact base64url',
    (text) => {
      expect(isStrictJws(text)).toBe(false);
    },
  );

  it('93, J-10 of the spellings that decode to the same bytes takes one', () => {
    const token = jws('{"alg":"ES256"}', '{"a":12}');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const parts = token.split('.');
    for (const [index, part] of parts.entries()) {
      const spellings = [...alphabet].map((last) => part.slice(0, -1) + last);
      const same = spellings.filter((one) => Buffer.from(one, 'base64url').equals(Buffer.from(part, 'base64url')));
      const taken = same.filter((one) => isCompactJws(parts.with(index, one).join('.')));
      expect(taken).toEqual([part]);
    }
  });
});

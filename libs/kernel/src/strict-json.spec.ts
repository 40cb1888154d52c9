import fc from 'fast-check';
import { parseStrictJson } from './strict-json.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('RFC 8259 4: JSON that names a member once', () => {
  it.each([
    '{}',
    '[{"a":1},{"a":1}]',
    '{"a":1,"b":{"a":[{"a":1},{"a":2}]}}',
    '{"a":"{\\"b\\":1,\\"b\\":2}","c":":"}',
    '{"a\\\\":1,"a":2,"a\\"":3,"":4}',
    '{"__proto__":1,"constructor":{"__proto__":{}},"1":2,"0":3}',
    '":"',
    nested(32),
  ])('takes %s', (text) => expect(parseStrictJson(text)).toEqual(JSON.parse(text)));

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":2,"\\u0061":2}',
    '{"x":{"a":1,"b":[],"a":2}}',
    '[[{"x":[{"a":{},"a":{}}]}]]',
    '{"__proto__":1,"__proto__":2}',
    '{"1":1,"1":1}',
    '{"":1,"":2}',
    '{"a":{"b":1},"a":{"b":1,"c":2}}',
    '{"a":{"b":1,"c":2},"a":{}}',
  ])('refuses %s, which names a member twice', (text) => {
    expect(() => void JSON.parse(text)).not.toThrow();
    expect(() => parseStrictJson(text)).toThrow(SyntaxError);
  });

  it.each([nested(33), '{"a":'.repeat(33), '['.repeat(1_000_000), '"\\', '"\\"'.repeat(100_000), '{"a":1', ''])(
    'refuses JSON that is deep or broken: %.20s',
    (text) => expect(() => parseStrictJson(text)).toThrow(SyntaxError),
  );

  it('reads whatever was written as JSON.parse does (property)', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 2 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

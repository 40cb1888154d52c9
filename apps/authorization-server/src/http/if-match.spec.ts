import { entityTag, expectedVersion } from './if-match.js';

describe('RFC 9110 §13.1.1: If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['"1"', 1],
    ['"999999999"', 999_999_999],
  ])('%j asks for version %j', (header, version) => expect(expectedVersion(header)).toBe(version));

  it.each(['', '1', 'W/"1"', '"1", "2"', '"-1"', '"1e3"', '"0x1"', '"1 "', '"12345678901"', '"a"', "'1'"])(
    '%j fits no version',
    (header) => expect(expectedVersion(header)).toBe(-1),
  );

  it('reads the tag that it makes', () => expect(expectedVersion(entityTag(42))).toBe(42));
});

import { OAuthError } from '@valetkey/oauth';
import { entityTag, expectedVersions, requiredVersions } from './if-match.js';

describe('RFC 9110 §13.1.1: If-Match', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['"1"', [1]],
    ['"999999999"', [999_999_999]],
    ['"1", "2"', [1, 2]],
    ['"1","2" ,\t"3"', [1, 2, 3]],
    [', "1",, "2",', [1, 2]],
    ['"a", W/"7", "2", "x,y", "1e3"', [2]],
  ])('%j asks for one of the versions %j', (header, versions) => expect(expectedVersions(header)).toEqual(versions));

  it.each([
    ...['', ',', '1', 'W/"1"', 'W/"1", W/"2"', '"-1"', '"1e3"', '"0x1"', '"1 "', '"12345678901"', '"a"', "'1'"],
    ...['"1" "2"', '"1", 2', '"1", *', '*, "1"', 'w/"1"', '"1', '"1""2"', '"1"; "2"', '"x, "1"'],
  ])('%j fits no version', (header) => expect(expectedVersions(header)).toEqual([]));

  it('RFC 6585 §3: a change that needs it is refused without it, and is of the versions that it says', () => {
    expect(() => requiredVersions(undefined)).toThrow(OAuthError);
    expect(requiredVersions('*')).toBeUndefined();
    expect([requiredVersions('"1"'), requiredVersions('')]).toEqual([[1], []]);
  });

  it('reads the tag that it makes', () => expect(expectedVersions(entityTag(42))).toEqual([42]));

  it('is read in one pass, however long it is', () => {
    for (const long of [`${'"1", '.repeat(20_000)}x`, `${',   '.repeat(25_000)}x`, `${'"'.repeat(100_000)}`])
      expect(expectedVersions(long)).toEqual([]);
  });
});

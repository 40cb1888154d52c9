import { OAuthError } from '@valetkey/oauth';
import { filterOf, pageRequestOf } from './page-query.js';

const LIMITS = { usual: 50, most: 200 };
const refused = (read: () => unknown) => expect(read).toThrow(new OAuthError('invalid_request', 'page_malformed'));

describe('lists (attack classes 251, 263)', () => {
  it.each([
    [{}, { limit: 50 }],
    [undefined, { limit: 50 }],
    [{ limit: '1' }, { limit: 1 }],
    [{ limit: '200' }, { limit: 200 }],
    [
      { limit: '7', cursor: 'r_Az09-_' },
      { limit: 7, after: 'r_Az09-_' },
    ],
    [{ cursor: 'a'.repeat(128) }, { limit: 50, after: 'a'.repeat(128) }],
  ])('%j asks for %j', (query, expected) => expect(pageRequestOf(query, LIMITS)).toEqual(expected));

  it.each(['', '0', '-1', '201', '1000000000', '1e2', '0x10', '1.5', ' 5', '5 ', '05', '+5', '٣', '9007199254740993'])(
    'refuses the limit %j',
    (limit) => refused(() => pageRequestOf({ limit }, LIMITS)),
  );

  it.each([[['1', '2']], [1], [null], [{}], [true]])('refuses a limit that is %j', (limit) =>
    refused(() => pageRequestOf({ limit }, LIMITS)),
  );

  it.each(['', ' ', 'a b', 'a\u0000', "a'", 'a%', 'ä', '../x', 'a'.repeat(129), ['a', 'b'], 7, null, {}])(
    'refuses the cursor %j',
    (cursor) => refused(() => pageRequestOf({ cursor }, LIMITS)),
  );

  it('reads one value of a filter, and none where there is none', () => {
    expect(filterOf({ state: 'pending' }, 'state', /^pending$/)).toBe('pending');
    expect(filterOf({}, 'state', /^pending$/)).toBeUndefined();
    expect(filterOf(undefined, 'state', /^pending$/)).toBeUndefined();
  });

  it.each(['', 'Pending', 'pending\n', ['pending', 'pending'], null, 7, {}])('refuses the filter %j', (state) =>
    refused(() => filterOf({ state }, 'state', /^pending$/)),
  );
});

import fc from 'fast-check';
import { isRegisteredRedirectUri, redirectUriFault, redirectUriProblem } from './redirect-uri.js';

const GOOD = 'https://shop.example/callback';
const web = (...redirectUris: string[]) => ({ applicationType: 'web' as const, redirectUris });
const native = (...redirectUris: string[]) => ({ applicationType: 'native' as const, redirectUris });

/** What parsers disagree about (attack class 2): each differs from the registered address. */
const MUTATIONS = [
  `${GOOD}/`,
  `${GOOD}?`,
  `${GOOD}?x=1`,
  `${GOOD}#`,
  `${GOOD}#x`,
  `${GOOD}%00`,
  `${GOOD}%0d%0aSet-Cookie:x=1`,
  `${GOOD}\n`,
  `${GOOD}\t`,
  ` ${GOOD}`,
  `${GOOD} `,
  `${GOOD}/..;/evil`,
  `${GOOD}/%2e%2e/evil`,
  `${GOOD}/../callback`,
  `${GOOD};x`,
  'https://shop.example/Callback',
  'https://SHOP.example/callback',
  'HTTPS://shop.example/callback',
  'https://shop.example./callback',
  'https://shop.example:443/callback',
  'https://shop.example:8443/callback',
  'https://shop.example//callback',
  'https://shop.example/./callback',
  'https://shop.example/%63allback',
  'https://shop.example%2fcallback',
  'https://shop.example\\callback',
  'https:\\\\shop.example/callback',
  'https:/shop.example/callback',
  'https:shop.example/callback',
  '//shop.example/callback',
  'shop.example/callback',
  '/callback',
  'http://shop.example/callback',
  'https://shop.example@evil.example/callback',
  'https://evil.example@shop.example/callback',
  'https://shop.example:x@evil.example/callback',
  'https://shop.example/callback@evil.example',
  'https://shop.example.evil.example/callback',
  'https://evilshop.example/callback',
  'https://shop.example%2eevil.example/callback',
  'https://shop\u3002example/callback',
  'https://\uff53hop.example/callback',
  'https://sh\u043ep.example/callback',
  'https://xn--shp-xxx.example/callback',
  'https://[::1]/callback',
  'https://2130706433/callback',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  '',
];

describe('CO-01: the redirect URI of a request', () => {
  it('is taken when it equals a registered one byte for byte', () => {
    expect(isRegisteredRedirectUri(web('https://a.example/', GOOD), GOOD)).toBe(true);
  });

  it.each(MUTATIONS)('is refused where it differs: %j', (uri) => {
    expect(isRegisteredRedirectUri(web(GOOD), uri)).toBe(false);
    expect(isRegisteredRedirectUri(native(GOOD), uri)).toBe(false);
  });

  it('is taken with its own query, and not with more', () => {
    const registered = web(`${GOOD}?tenant=7`);
    expect(isRegisteredRedirectUri(registered, `${GOOD}?tenant=7`)).toBe(true);
    expect(isRegisteredRedirectUri(registered, `${GOOD}?tenant=7&x=1`)).toBe(false);
    expect(isRegisteredRedirectUri(registered, GOOD)).toBe(false);
  });

  describe('RFC 8252 section 7.3: of a native app on the loopback', () => {
    const app = native('http://127.0.0.1/cb', 'http://[::1]:7000/cb', 'http://localhost:7000/cb');

    it.each([
      'http://127.0.0.1/cb',
      'http://127.0.0.1:1/cb',
      'http://127.0.0.1:65535/cb',
      'http://[::1]/cb',
      'http://[::1]:7001/cb',
      'http://localhost:7000/cb',
    ])('may have any port: %s', (uri) => {
      expect(isRegisteredRedirectUri(app, uri)).toBe(true);
    });

    it.each([
      'http://localhost:7001/cb',
      'http://localhost/cb',
      'http://127.0.0.1:0/cb',
      'http://127.0.0.1:65536/cb',
      'http://127.0.0.1:080/cb',
      'http://127.0.0.1:/cb',
      'http://127.0.0.1:70 00/cb',
      'http://127.0.0.1:7000@evil.example/cb',
      'http://127.0.0.1:7000/cb?x=1',
      'http://127.0.0.1:7000/cb#x',
      'http://127.0.0.1:7000/other',
      'http://127.0.0.1.evil.example/cb',
      'http://127.0.0.1.evil.example:7000/cb',
      'http://127.1/cb',
      'http://127.0.0.2/cb',
      'http://0x7f.0.0.1/cb',
      'http://[0:0:0:0:0:0:0:1]/cb',
      'http://[::1%25lo]/cb',
      'https://127.0.0.1/cb',
    ])('differs in nothing else: %s', (uri) => {
      expect(isRegisteredRedirectUri(app, uri)).toBe(false);
    });

    it('is compared exactly for a web application', () => {
      expect(isRegisteredRedirectUri(web('http://127.0.0.1:7000/cb'), 'http://127.0.0.1:7000/cb')).toBe(true);
      expect(isRegisteredRedirectUri(web('http://127.0.0.1:7000/cb'), 'http://127.0.0.1:7001/cb')).toBe(false);
    });
  });

  it('is never another host than a registered one, whatever is asked (property)', () => {
    const registered = [GOOD, 'http://127.0.0.1:7000/cb', 'com.example.app:/cb'];
    const origins = new Set(registered.map((uri) => new URL(uri).hostname));
    const piece = fc.constantFrom(...registered, '@', ':', '/', '\\', '?', '#', 'evil.example', '127.0.0.1', '%', '9');
    const text = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
      fc.webUrl(),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (uri) => {
        if (!isRegisteredRedirectUri(native(...registered), uri)) return;
        expect(origins).toContain(new URL(uri).hostname);
      }),
      { numRuns: 500 },
    );
  });
});

describe('RFC 8252 section 7, RFC 7591 section 5: an address that a client registers', () => {
  it.each([
    [GOOD, 'web'],
    [`${GOOD}?a=b`, 'web'],
    ['http://127.0.0.1:3000/cb', 'web'],
    ['http://localhost:3000/cb', 'web'],
    ['http://[::1]/cb', 'native'],
    ['com.example.app:/callback', 'native'],
    ['com.example.app://callback', 'native'],
  ] as const)('may be %s (%s)', (uri, type) => {
    expect(redirectUriProblem(uri, type)).toBeUndefined();
  });

  it.each([
    ['http://shop.example/cb', 'must use https; http is allowed on loopback hosts only'],
    ['http://127.0.0.1.evil.example/cb', 'must use https; http is allowed on loopback hosts only'],
    ['http://localhost.evil.example/cb', 'must use https; http is allowed on loopback hosts only'],
    ['https://user:secret@shop.example/cb', 'must not hold a user name or password'],
    [`${GOOD}#x`, 'must not have a fragment'],
    [`${GOOD} `, 'must be an absolute URI'],
    [`${GOOD}%0`, 'must be an absolute URI'],
    ...[
      'https://my_shop.example/cb',
      'https://shop.example;x/cb',
      "https://a'b.example/cb",
      'https://[2001:db8::1]/cb',
    ].map((uri) => [uri, 'must have a host of letters, digits, hyphens and dots']),
    ['https://', 'must be an absolute URI'],
    ['https://sh\u043ep.example/', 'must be an absolute URI'],
    ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc', 'blob:x'].map(
      (uri) => [uri, 'must use https, or a scheme of its own in reverse domain order'],
    ),
    ['myapp:/cb', 'must use https, or a scheme of its own in reverse domain order'],
    ['/cb', 'must use https, or a scheme of its own in reverse domain order'],
    [`https://shop.example/${'a'.repeat(2_048)}`, 'must not be longer than 2048 characters'],
  ])('attack class 6: is not %s', (uri, problem) => {
    expect(redirectUriProblem(uri as string, 'native')).toBe(problem);
  });

  it.each(['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'response', 'ticket'])(
    'CO-09, IS-01: has no %s in its query, which would stand beside the one of the answer',
    (name) => {
      const escaped = name.replace('e', '%65');
      for (const query of [`${name}=a`, `a=b&${name}`, `${escaped}=a`]) {
        expect(redirectUriFault(`${GOOD}?${query}`, 'web')).toBe('name_of_answer');
        expect(redirectUriFault(`com.example.app:/cb?${query}`, 'native')).toBe('name_of_answer');
      }
      expect(redirectUriFault(`${GOOD}?x${name}=a&b=${name}`, 'web')).toBeUndefined();
    },
  );

  it('of a web application is no scheme of its own', () => {
    expect(redirectUriProblem('com.example.app:/cb', 'web')).toBe('must use https: own schemes are for native apps');
  });
});

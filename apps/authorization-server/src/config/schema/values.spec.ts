import { absoluteUriProblem, isLoopbackHost, partnerIssuerProblem, webUrlProblem } from './url-checks.js';
import { canonicalLanguage, distinct, duration, identifier, parseDuration, parseSize, text } from './values.js';

describe('durations', () => {
  it.each([
    ['0s', 0],
    ['1ms', 1],
    ['30s', 30_000],
    ['10m', 600_000],
    ['72h', 259_200_000],
    ['90d', 7_776_000_000],
  ])('%s is %d milliseconds', (value, milliseconds) => {
    expect(parseDuration(value)).toBe(milliseconds);
  });

  it.each(['', '10', 'm', '-1s', '1.5h', '01s', ' 1s', '1s ', '1S', '1 s', '1w', '1h30m', '9999999999s', '1s\n'])(
    '%j is none',
    (value) => {
      expect(parseDuration(value)).toBeUndefined();
    },
  );

  it('are taken at their bounds and refused beyond them', () => {
    const schema = duration('1s', '1h');
    expect(schema.parse('1s')).toBe(1000);
    expect(schema.parse('60m')).toBe(3_600_000);
    expect(schema.safeParse('999ms').success).toBe(false);
    expect(schema.safeParse('3601s').success).toBe(false);
  });
});

describe('sizes', () => {
  it.each([
    ['1B', 1],
    ['64KiB', 65_536],
    ['1MiB', 1_048_576],
  ])('%s is %d bytes', (value, bytes) => {
    expect(parseSize(value)).toBe(bytes);
  });

  it.each(['', '0B', '64', '64KB', '64kib', '1GiB', '-1B'])('%j is none', (value) => {
    expect(parseSize(value)).toBeUndefined();
  });
});

describe('text for people', () => {
  it.each(['Ä', 'two words', '写真', '👩‍👩‍👧'])('may be %j', (value) => {
    expect(text(20).parse(value)).toBe(value);
  });

  it.each(['', ' a', 'a ', 'a\nb', 'a\u0000', '\ud800', 'x'.repeat(21)])('may not be %j', (value) => {
    expect(text(20).safeParse(value).success).toBe(false);
  });
});

describe('identifiers', () => {
  it.each(['a', 'photo-service', 'https://client.example/id', 'a'.repeat(128)])('may be %j', (value) => {
    expect(identifier().parse(value)).toBe(value);
  });

  it.each(['', 'a b', 'ä', 'a\n', 'а', '"', 'a'.repeat(129)])('may not be %j', (value) => {
    expect(identifier().safeParse(value).success).toBe(false);
  });
});

describe('lists', () => {
  it('tell the position of what is listed twice', () => {
    const result = distinct(identifier(), 3).safeParse(['a', 'b', 'a']);
    expect(result.error?.issues.map(({ path, message }) => ({ path, message }))).toEqual([
      { path: [2], message: 'is listed twice' },
    ]);
  });

  it('are bounded', () => {
    expect(distinct(identifier(), 2).safeParse(['a', 'b', 'c']).success).toBe(false);
  });
});

describe('language tags', () => {
  it.each([
    ['de', 'de'],
    ['DE-at', 'de-AT'],
    ['zh-hant', 'zh-Hant'],
  ])('%s is written %s', (tag, canonical) => {
    expect(canonicalLanguage(tag)).toBe(canonical);
  });

  it.each(['', 'de_AT', 'constructor', '__proto__', 'd'])('%j is none', (tag) => {
    expect(canonicalLanguage(tag)).toBeUndefined();
  });
});

describe('loopback hosts', () => {
  it.each(['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])('%s is one', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    'localhost.example',
    '127.0.0.1.example',
    '128.0.0.1',
    '0.0.0.0',
    '[::]',
    '[::ffff:7f00:1]',
    'localhost.',
    '',
  ])('%j is none', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    'https:/a.example',
    'https:a.example',
    '//a.example',
    'https://',
    'https://a.example\\b',
    'https://a. example',
    'https://a.example/\u0000',
    'https://a.example\n',
  ])('%j is no web address', (value) => {
    expect(webUrlProblem(value)).toBe('must be an absolute http or https URL');
  });

  it('of a partner have no query, and may end with a slash', () => {
    expect(partnerIssuerProblem('https://a.example/?x')).toBe('must not have a query');
    expect(partnerIssuerProblem('https://a.example/')).toBeUndefined();
  });

  it.each(['urn:valetkey:photos', 'https://a.example/x?y=z', 'http://a.example'])('%s may name a resource', (value) => {
    expect(absoluteUriProblem(value)).toBeUndefined();
  });

  it.each(['photos', '/photos', 'urn:', '1a:b', 'https://u:p@a.example', 'https://a.example#'])(
    '%s may not',
    (value) => {
      expect(absoluteUriProblem(value)).toBeDefined();
    },
  );
});

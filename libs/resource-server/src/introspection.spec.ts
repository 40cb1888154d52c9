import { Introspection, isWithin } from './introspection.js';
import type { JsonObject } from './json.js';

describe('Introspection', () => {
  let now = 1_000_000;
  let asked: string[] = [];
  let answer: JsonObject = {};
  beforeEach(() => {
    now = 1_000_000;
    asked = [];
    answer = { active: true, permissions: [{ resource_id: 'r1', resource_scopes: ['view'] }] };
  });
  const introspection = (options = {}) =>
    new Introspection(
      async (token) => {
        asked.push(token);
        return answer;
      },
      () => now,
      options,
    );

  it('UF-36 remembers a good answer for the time given and then asks again', async () => {
    const answers = introspection({ cacheMs: 5_000 });
    await answers.inspect('rpt');
    now += 4_999;
    await answers.inspect('rpt');
    expect(asked).toHaveLength(1);
    now += 1;
    await answers.inspect('rpt');
    expect(asked).toHaveLength(2);
  });

  it('UF-36 never remembers for more than 60 s, whatever was asked for', async () => {
    const answers = introspection({ cacheMs: 3_600_000 });
    await answers.inspect('rpt');
    now += 60_000;
    await answers.inspect('rpt');
    expect(asked).toHaveLength(2);
  });

  it('UF-36 never remembers past the expiry of the token', async () => {
    answer = { ...answer, exp: now / 1000 + 2 };
    const answers = introspection({ cacheMs: 60_000 });
    await expect(answers.inspect('rpt')).resolves.toBeDefined();
    now += 2_000;
    await expect(answers.inspect('rpt')).resolves.toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('never remembers "inactive"', async () => {
    answer = { active: false };
    const answers = introspection();
    await answers.inspect('rpt');
    answer = { active: true, permissions: [] };
    await expect(answers.inspect('rpt')).resolves.toBeDefined();
  });

  it('cacheMs 0 asks each time', async () => {
    const answers = introspection({ cacheMs: 0 });
    await answers.inspect('rpt');
    await answers.inspect('rpt');
    expect(asked).toHaveLength(2);
  });

  it('keeps no more answers than allowed and lets the oldest go first', async () => {
    const answers = introspection({ cacheEntries: 2 });
    for (const token of ['a', 'b', 'c']) await answers.inspect(token);
    asked = [];
    for (const token of ['b', 'c', 'a']) await answers.inspect(token);
    expect(asked).toEqual(['a']);
  });

  it('asks once for many who come with one token at once', async () => {
    const answers = introspection({ cacheMs: 0 });
    await Promise.all(Array.from({ length: 50 }, () => answers.inspect('rpt')));
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['active is a text', { active: 'true' }],
    ['active is missing', { permissions: [] }],
    ['it is expired', { active: true, exp: 999, permissions: [] }],
    ['it is not valid yet', { active: true, nbf: 1_001, permissions: [] }],
  ])('takes a token as worth nothing when %s', async (_what, strange) => {
    answer = strange;
    await expect(introspection().inspect('rpt')).resolves.toBeUndefined();
  });

  it.each([
    ['no resource_id', { resource_scopes: [] }],
    ['scopes that are no list', { resource_id: 'r1', resource_scopes: 'view' }],
    ['scopes that are no texts', { resource_id: 'r1', resource_scopes: [1] }],
  ])('fails on a permission with %s', async (_what, permission) => {
    answer = { active: true, permissions: [permission] };
    await expect(introspection().inspect('rpt')).rejects.toMatchObject({ reason: 'bad_answer' });
  });
});

describe('isWithin', () => {
  it.each([
    [999, false],
    [1_000, true],
    [1_999, true],
    [2_000, false],
  ])('at %i ms of a window from second 1 to second 2: %s', (now, expected) => {
    expect(isWithin({ notBefore: 1, expiresAt: 2 }, now)).toBe(expected);
  });
});

import fc from 'fast-check';
import { assessRefreshUse } from './refresh-rotation.js';

const GRACE = 10;
const instant = fc.option(fc.integer({ min: 0, max: 60 }));

describe('presenting a refresh token (OAuth 2.1 §4.3.1)', () => {
  const situation = fc.record({
    token: fc.record({
      usedAt: instant,
      retriedAt: instant,
      replacedAt: instant,
      isRevoked: fc.boolean(),
      expiresAt: fc.integer({ min: 0, max: 60 }),
    }),
    successorUsed: fc.boolean(),
    now: fc.integer({ min: 0, max: 60 }),
  });

  it('CO-07 a token that was used gives another only once, soon, and while its successor is unused', () => {
    fc.assert(
      fc.property(situation, ({ token, successorUsed, now }) => {
        const use = assessRefreshUse(token, successorUsed, GRACE, now);
        if (use === 'rotate') expect([token.usedAt, token.replacedAt]).toEqual([null, null]);
        if (use === 'answer_again')
          expect([token.retriedAt, successorUsed, now < (token.usedAt ?? 0) + GRACE]).toEqual([null, false, true]);
        if (use !== 'dead') expect([token.isRevoked, now < token.expiresAt]).toEqual([false, true]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['first use', { usedAt: null, retriedAt: null }, false, 'rotate'],
    ['again at once', { usedAt: 40, retriedAt: null }, false, 'answer_again'],
    ['a third time', { usedAt: 40, retriedAt: 42 }, false, 'wait'],
    ['after the successor was used', { usedAt: 40, retriedAt: null }, true, 'reuse'],
    ['at the end of the grace time', { usedAt: 35, retriedAt: null }, false, 'reuse'],
  ] as const)('CO-07 %s', (_what, times, successorUsed, expected) => {
    const token = { ...times, replacedAt: null, isRevoked: false, expiresAt: 100 };
    expect(assessRefreshUse(token, successorUsed, GRACE, 45)).toBe(expected);
    // CO-07: who holds a token that was given up for lost shows that somebody else asked again.
    expect(assessRefreshUse({ ...token, replacedAt: 44 }, successorUsed, GRACE, 45)).toBe('reuse');
    expect(assessRefreshUse({ ...token, isRevoked: true }, successorUsed, GRACE, 45)).toBe('dead');
    expect(assessRefreshUse({ ...token, expiresAt: 45 }, successorUsed, GRACE, 45)).toBe('dead');
  });
});

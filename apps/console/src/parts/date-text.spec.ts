import { dateText } from './date-text.js';

const NOW = Date.parse('2026-11-22T09:00:00Z');
const frame = { now: NOW, language: 'en', timeZone: 'Europe/Berlin' } as const;

describe('ux 6: dates, relative and absolute', () => {
  it.each([
    ['2026-11-20T08:14:00Z', 'past', '2 days ago (Fri, 20 Nov 2026, 09:14)'],
    ['2026-11-22T08:59:40Z', 'past', 'now (Sun, 22 Nov 2026, 09:59)'],
    ['2026-12-01T23:00:00Z', 'future', 'Wed, 2 Dec 2026 (in 9 days)'],
    ['2026-11-22T12:30:00Z', 'future', 'Sun, 22 Nov 2026, 13:30 (in 3 hours)'],
  ] as const)('%s, %s: %s', (at, tense, text) => {
    expect(dateText(Date.parse(at), { ...frame, tense })).toBe(text);
  });

  it('in German', () => {
    const text = dateText(NOW - 3 * 86_400_000, { ...frame, tense: 'past', language: 'de' });
    expect(text).toBe('vor 3 Tagen (Do., 19. Nov. 2026, 10:00)');
  });
});

import { future, past, wait } from './dates.js';

const NOW = Date.UTC(2026, 10, 22, 10, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const berlin = { now: NOW, zone: 'Europe/Berlin' };
const text = (time: { toString(): string }) => time.toString().replace(/<[^>]+>/g, '');

describe('ux 6: dates are relative and absolute, the month is a word, the weekday is there', () => {
  it('what is to come begins with the date', () => {
    expect(text(future(NOW + 9 * DAY, berlin, 'en'))).toBe('Tue 1 Dec 2026 (in 9 days)');
    expect(text(future(NOW + 9 * DAY, berlin, 'de'))).toBe('Di., 1. Dez. 2026 (in 9 Tagen)');
  });

  it('what has been begins with the distance and has its time', () => {
    expect(text(past(NOW - 2 * DAY, berlin, 'en'))).toBe('2 days ago (Fri 20 Nov 2026, 11:30)');
  });

  it.each([
    [5 * 60_000, 'in 5 minutes'],
    [23 * HOUR, 'in 23 hours'],
    [DAY, 'tomorrow'],
    [13 * DAY, 'in 13 days'],
    [14 * DAY, 'in 2 weeks'],
    [69 * DAY, 'in 9 weeks'],
    [71 * DAY, 'in 2 months'],
  ])('a distance of %i ms is told as "%s"', (distance, told) => {
    expect(text(future(NOW + distance, berlin, 'en'))).toContain(`(${told})`);
  });

  it('without a zone the time is in UTC and says so; machines get the instant', () => {
    expect(text(past(NOW - HOUR, { now: NOW }, 'en'))).toBe('1 hour ago (Sun 22 Nov 2026, 09:30 UTC)');
    expect(past(NOW, berlin, 'en').toString()).toContain('datetime="2026-11-22T10:30:00.000Z"');
  });

  it('a wait is rounded up, so that trying then is not too early', () => {
    expect(wait(NOW + 1, berlin, 'en')).toBe('in 1 minute');
    expect(wait(NOW + 61_000, berlin, 'de')).toBe('in 2 Minuten');
    expect(wait(NOW + 2 * HOUR, berlin, 'en')).toBe('in 2 hours');
  });
});

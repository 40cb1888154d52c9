import type { SharingRules } from '@valetkey/owner-contract';
import type { Duration } from './duration.js';
import { datesOf, daysOffered, spanOf, usualDays } from './duration.js';

const NOW = Date.parse('2026-11-22T22:30:00Z');
/** There it is the 23rd already. */
const reader = { now: NOW, zone: 'Europe/Berlin' };
const rules: SharingRules = {
  default_days: 7,
  application_default_days: 30,
  longest_days: 90,
  no_end: false,
  directory: 'names',
  invitations: false,
};
const chosen = (first: string, last: string): Duration => ({ chip: 'dates', first, last });

describe('ux 6: how long access lasts', () => {
  it('a week runs to the end of its last day in the owner’s zone', () => {
    expect(spanOf({ chip: '7', first: '', last: '' }, { reader, rules })).toEqual({
      until: '2026-11-29T23:00:00.000Z',
    });
    const late = { ...reader, now: Date.parse('2026-11-22T23:30:00Z') };
    expect(spanOf({ chip: '7', first: '', last: '' }, { reader: late, rules })).toEqual({
      until: '2026-11-30T23:00:00.000Z',
    });
  });

  it.each([
    ['', '2026-11-30', { until: '2026-11-30T23:00:00.000Z' }],
    ['2026-11-22', '2026-11-22', { until: '2026-11-22T23:00:00.000Z' }],
    ['2026-12-01', '2026-12-02', { from: '2026-11-30T23:00:00.000Z', until: '2026-12-02T23:00:00.000Z' }],
    ['', '', 'no_last_day'],
    ['2026-12-01', '2026-02-31', 'no_last_day'],
    ['', '2026-11-21', 'last_day_past'],
    ['2026-12-02', '2026-12-01', 'last_day_first'],
    ['', '2027-02-20', { until: '2027-02-20T23:00:00.000Z' }],
    ['', '2027-02-21', 'too_long'],
    ['2026-12-01', '2027-02-28', { from: '2026-11-30T23:00:00.000Z', until: '2027-02-28T23:00:00.000Z' }],
  ])('from %j to %j: %j', (first, last, span) => {
    expect(spanOf(chosen(first, last), { reader, rules })).toEqual(span);
  });

  it('what was proposed is taken as it is', () => {
    const proposed = { from: '2026-12-01T10:00:00.000Z', until: '2026-12-02T11:30:00.000Z' };
    expect(spanOf({ chip: 'proposed', first: '', last: '' }, { reader, rules, proposed })).toEqual(proposed);
  });

  it('G18 dates of a span give the same span again', () => {
    const span = spanOf(chosen('2026-12-01', '2026-12-05'), { reader, rules });
    if (typeof span === 'string') throw new Error(span);
    expect(datesOf(span, 'Europe/Berlin')).toEqual({ first: '2026-12-01', last: '2026-12-05' });
  });

  it('chips above the operator’s maximum are not there, and nothing longer is chosen beforehand', () => {
    expect(daysOffered(60, rules)).toEqual([1, 7, 14, 30, 60]);
    expect(daysOffered(60, { ...rules, longest_days: 14 })).toEqual([1, 7, 14]);
    expect([usualDays(60, rules), usualDays(60, { ...rules, longest_days: 10 })]).toEqual([60, 10]);
    expect(daysOffered(60, { ...rules, longest_days: 10 })).toEqual([1, 7, 10]);
  });
});

import { default as fc } from 'fast-check';
import {
  addDays,
  dateOf,
  daysBetween,
  endOfDay,
  isCalendarDate,
  lastDayBefore,
  offsetAt,
  startOfDay,
} from './calendar.js';

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+11', 'Etc/GMT-14'];
const FIRST = '2026-01-01';
const day = fc.integer({ min: 0, max: 3660 }).map((offset) => addDays(FIRST, offset));
const zone = fc.constantFrom(...ZONES);

const HALF_DAY = 43_200_000;

/** Whether clocks differ between some two months. */
function hasChanges(where: string): boolean {
  const months = Array.from({ length: 12 }, (_, month) => offsetAt(Date.UTC(2026, month, 15), where));
  return new Set(months).size > 1;
}

describe('days in zones', () => {
  it('G18 a day that is chosen as the end is the day that is read back, in every zone', () => {
    fc.assert(
      fc.property(day, zone, (date, where) => {
        const saved = new Date(endOfDay(date, where)).toISOString();
        expect(lastDayBefore(Date.parse(saved), where)).toBe(date);
      }),
      { numRuns: 3000 },
    );
  });

  it('G18 a day begins with its first instant and lasts to the first of the next, whatever clocks do', () => {
    fc.assert(
      fc.property(day, zone, (date, where) => {
        const start = startOfDay(date, where);
        expect(dateOf(start, where)).toBe(date);
        expect(dateOf(start - 1, where)).toBe(addDays(date, -1));
        const hours = (endOfDay(date, where) - start) / 3_600_000;
        // Clocks change by two hours in Antarctica/Troll, which random days find now and then.
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
      }),
      { numRuns: 3000 },
    );
  });

  it('G18 holds on both days around every change of clocks of a year, in every zone', () => {
    let changes = 0;
    for (const where of ZONES.filter(hasChanges)) {
      for (let offset = 0; offset < 365; offset++) {
        const date = addDays(FIRST, offset);
        const midnight = Date.parse(`${date}T00:00:00Z`);
        if (offsetAt(midnight - HALF_DAY, where) === offsetAt(midnight + 3 * HALF_DAY, where)) continue;
        changes++;
        expect(dateOf(startOfDay(date, where), where)).toBe(date);
        expect(lastDayBefore(endOfDay(date, where), where)).toBe(date);
      }
    }
    expect(changes).toBeGreaterThan(300);
  });

  it.each([
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['Atlantic/Azores', '2026-10-25', '2026-10-25T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-08-16', '2026-08-15T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-08-16', '2026-08-16T11:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00.000Z'],
  ])('G18 in %s %s begins at %s', (where, date, instant) => {
    expect(new Date(startOfDay(date, where)).toISOString()).toBe(instant);
  });

  it('counts days without regard to clocks, and knows which days there are', () => {
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(isCalendarDate('2026-02-29')).toBe(false);
    expect(isCalendarDate('16.8.2026')).toBe(false);
    expect(() => startOfDay('2026-02-30', 'UTC')).toThrow(RangeError);
    expect(() => startOfDay('2026-02-03', 'Nowhere/Else')).toThrow(RangeError);
  });
});

import { end, endOfDay, bareText } from '@valetkey/wording';
import { momentsIn } from './owner-days.service.js';

describe('ux O1, O8: what ends soon', () => {
  it.each(['Europe/Vienna', 'Pacific/Auckland', 'America/New_York', 'UTC'])(
    'is what reads "in 7 days" or sooner in %s, at any time of the day',
    (zone) => {
      for (let hour = 0; hour < 24; hour += 1) {
        const now = Date.parse(`2026-10-22T${String(hour).padStart(2, '0')}:20:00Z`);
        const { endingBy } = momentsIn(zone, now);
        const told = (at: number) => bareText([end(at, { language: 'en', now, zone })]);
        expect(told(endingBy)).toMatch(/\(in 7 days\)$/);
        expect(told(endingBy + 86_400_000)).toMatch(/\(in 8 days\)$/);
        expect(endingBy).toBe(endOfDay(new Date(endingBy - 1).toLocaleDateString('sv', { timeZone: zone }), zone));
      }
    },
  );
});

import { dateOf, endOfDay, lastDayBefore } from '@valetkey/wording';
import type { CoverForm } from './cover-draft.js';
import { draftOf, emptyForm, latestDay, problemsOf } from './cover-draft.js';

const now = Date.parse('2026-08-01T22:30:00Z');
const zone = 'Europe/Berlin';
const frame = { now, zone, longestDays: 30 };
const chosen = { r1: { name: 'Approvals', kind: 'k' } };
const person = {
  id: 'account:1',
  kind: 'person',
  name: 'Peter',
  short_name: 'Peter',
  verification: 'account',
} as const;
const form: CoverForm = { ...emptyForm(now, zone), person, first: '2026-08-03', last: '2026-08-16' };

describe('O4: what a cover is made of', () => {
  it('begins today by the owner’s calendar', () => expect(emptyForm(now, zone).first).toBe('2026-08-02'));

  it('days become instants of her zone, the last one included', () => {
    expect(draftOf(form, chosen, frame)).toEqual({
      subject: 'account:1',
      resource_ids: ['r1'],
      allow: 'act',
      from: '2026-08-02T22:00:00.000Z',
      until: '2026-08-16T22:00:00.000Z',
    });
  });

  it('has no beginning when it begins today, and keeps what is noted', () => {
    const draft = draftOf({ ...form, first: '2026-08-02', note: '  Call me. ' }, chosen, frame);
    expect(draft).toMatchObject({ note: 'Call me.' });
    expect(draft.from).toBeUndefined();
  });

  it.each(['Pacific/Pago_Pago', 'Asia/Kolkata', 'America/Sao_Paulo', 'Pacific/Kiritimati', 'Europe/London'])(
    'G18 the last day of %s reads back as it was chosen, over clock changes too',
    (place) => {
      for (const last of ['2026-03-29', '2026-10-25', '2026-12-31']) {
        const { until } = draftOf({ ...form, last }, chosen, { now, zone: place });
        expect(Date.parse(until)).toBe(endOfDay(last, place));
        expect(lastDayBefore(Date.parse(until), place)).toBe(last);
        expect(dateOf(Date.parse(until), place) > last).toBe(true);
      }
    },
  );

  it('what is missing or wrong is named in the order of the form', () => {
    expect(problemsOf({ ...form, person: undefined, last: '' }, {}, frame)).toEqual({
      person: 'noPerson',
      resources: 'nothingChosen',
      last: 'noLast',
    });
    expect(problemsOf({ ...form, first: '' }, chosen, frame)).toEqual({ first: 'noFirst' });
    expect(problemsOf({ ...form, last: '2026-08-01' }, chosen, frame)).toEqual({ last: 'lastPassed' });
    expect(problemsOf({ ...form, last: '2026-08-02' }, chosen, frame)).toEqual({ last: 'lastBeforeFirst' });
    expect(problemsOf({ ...form, last: '2026-09-02' }, chosen, frame)).toEqual({ last: 'tooLong' });
    expect(problemsOf({ ...form, last: '2026-09-01' }, chosen, frame)).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, id) => [`r${id}`, { name: '', kind: '' }]));
    expect(problemsOf(form, many, frame)).toEqual({ resources: 'tooMany' });
  });

  it('the latest day is the operator’s longest', () => {
    expect(latestDay(frame)).toBe('2026-09-01');
    expect(latestDay({ ...frame, longestDays: null })).toBeUndefined();
  });
});

import type { AccessRow, DirectoryEntry, ResourceView, ScopeLevel, ScopeView } from '@valetkey/owner-contract';
import { addDays, dateOf, lastDayBefore } from '@valetkey/wording';
import type { ShareForm, ShareFrame } from './share-form.js';
import {
  changedShare,
  changeOf,
  commonScopes,
  draftOf,
  EMPTY_FORM,
  formerTerms,
  problemsOf,
  termsOf,
  withWho,
} from './share-form.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');

const scope = (name: string, level: ScopeLevel = 'see', published = true): ScopeView => ({
  ...{ scope: name, level, verb: name, object: 'photos', published },
});

const offered = [scope('view'), scope('peek', 'see', false), scope('edit', 'change'), scope('order', 'act')];

const frame: ShareFrame = {
  offered,
  rules: {
    default_days: 7,
    application_default_days: 30,
    longest_days: null,
    no_end: false,
    directory: 'names',
    invitations: false,
  },
  settings: { language: null, time_zone: null, default_days: null, shortcuts: true, request_mails: true },
  reader: { now: NOW, zone: 'UTC' },
};

const own = (days: number): ShareFrame => ({ ...frame, settings: { ...frame.settings, default_days: days } });

const peter: DirectoryEntry = {
  ...{ kind: 'person', id: 'account:peter', name: 'Peter Baumann', short_name: 'Peter', verification: 'account' },
};
const shop: DirectoryEntry = { ...peter, kind: 'application', id: 'client:shop' };

function held(until: string | undefined, scopes = [scope('edit', 'change')]): DirectoryEntry {
  const current = { id: 'share:1', version: '3', state: 'active', scopes, ...(until !== undefined && { until }) };
  return { ...peter, current: current as unknown as AccessRow };
}

const form = (rest: Partial<ShareForm> = {}): ShareForm => ({ ...EMPTY_FORM, who: peter, ...rest });
const names = (scopes: readonly ScopeView[]) => scopes.map((one) => one.scope);

describe('ux 3, principle 3: what is ticked beforehand', () => {
  it('only what looks, and is described', () => {
    expect(names(termsOf(form(), frame).scopes)).toEqual(['view']);
  });

  it('for who has access already, what she has', () => {
    expect(names(termsOf(form({ who: held('2026-11-24T00:00:00Z') }), frame).scopes)).toEqual(['edit']);
  });

  it('what is not described cannot be chosen', () => {
    expect(names(termsOf(form({ scopes: ['peek', 'order'] }), frame).scopes)).toEqual(['order']);
  });
});

describe('ux 3, principle 2: how long it lasts beforehand', () => {
  it.each([
    ['a person: the server’s days', form(), frame, '7', '2026-11-30T00:00:00.000Z'],
    ['a person: her own days', form(), own(2), '2', '2026-11-25T00:00:00.000Z'],
    ['an application', form({ who: shop }), own(2), '30', '2026-12-23T00:00:00.000Z'],
    [
      'never more than allowed',
      form(),
      { ...frame, rules: { ...frame.rules, longest_days: 3 } },
      '3',
      '2026-11-26T00:00:00.000Z',
    ],
    [
      'a shorter share is extended',
      form({ who: held('2026-11-24T00:00:00Z') }),
      frame,
      '7',
      '2026-11-30T00:00:00.000Z',
    ],
    [
      'a longer one is never cut',
      form({ who: held('2027-01-01T00:00:00Z') }),
      frame,
      'proposed',
      '2027-01-01T00:00:00Z',
    ],
    ['one without an end has none', form({ who: held(undefined) }), frame, 'proposed', null],
  ] as const)('%s', (...[, filled, stood, chip, until]) => {
    const terms = termsOf(filled, stood);
    expect([terms.duration.chip, terms.span]).toEqual([chip, { until }]);
  });
});

describe('G18: the last day that is shown is the one that is saved, wherever she is', () => {
  const { rules } = frame;
  const last = (span: unknown, zone: string) =>
    typeof span === 'object' && span !== null && 'until' in span && typeof span.until === 'string'
      ? lastDayBefore(Date.parse(span.until), zone)
      : span;

  it('by a chip, and by dates, in every zone, through the changes of clocks', () => {
    const zones = [...Intl.supportedValuesOf('timeZone'), 'Etc/GMT+11', 'Etc/GMT-14'];
    const moments = ['2026-03-08T09:59:00Z', '2026-03-28T22:30:00Z', '2026-04-04T13:30:00Z', '2026-10-24T23:45:00Z'];
    const wrong: unknown[] = [];
    for (const zone of zones) {
      for (const now of moments.map((moment) => Date.parse(moment))) {
        const stood = { ...frame, rules, reader: { now, zone } };
        const asked = addDays(dateOf(now, zone), 7);
        const byChip = last(termsOf(form(), stood).span, zone);
        const dates = { chip: 'dates', first: addDays(dateOf(now, zone), 1), last: asked } as const;
        const { span } = termsOf(form({ duration: dates }), stood);
        const from = typeof span === 'object' && span.from !== undefined ? dateOf(Date.parse(span.from), zone) : '';
        if (byChip !== asked || last(span, zone) !== asked || from !== dates.first)
          wrong.push([zone, now, byChip, span]);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('several resources', () => {
  const view = (...scopes: ScopeView[]) => ({ described_scopes: scopes }) as unknown as ResourceView;

  it('can be allowed what all of them have, what looks first', () => {
    const common = commonScopes([
      view(scope('order', 'act'), scope('view'), scope('edit')),
      view(scope('view'), scope('order')),
    ]);
    expect(names(common)).toEqual(['view', 'order']);
    expect(commonScopes([view(scope('view')), view()])).toEqual([]);
    expect(commonScopes([])).toEqual([]);
  });
});

describe('the share form', () => {
  it('tells what is missing, by part', () => {
    const empty = { ...EMPTY_FORM, scopes: [], duration: { chip: 'dates', first: '', last: '' } } as const;
    expect(problemsOf(empty, termsOf(empty, frame))).toEqual({ who: 'none', what: 'nothing', howLong: 'no_last_day' });
    expect(draftOf(empty, termsOf(empty, frame), ['r'])).toBeUndefined();
    expect(problemsOf(form(), termsOf(form(), frame))).toEqual({});
  });

  it('is sent with a note that says something', () => {
    const filled = form({ note: '  ' });
    expect(draftOf(filled, termsOf(filled, frame), ['r1', 'r2'])).toEqual({
      resource_ids: ['r1', 'r2'],
      subject: 'account:peter',
      scopes: ['view'],
      until: '2026-11-30T00:00:00.000Z',
    });
    expect(draftOf(form({ note: ' hello ' }), termsOf(filled, frame), ['r1'])).toMatchObject({ note: 'hello' });
  });

  it('changes the share that there is; one that came by consent, or is over, is joined by another', () => {
    const consent = { ...held(undefined), current: { id: 'grant:1', state: 'active' } as AccessRow };
    const over = { ...held(undefined), current: { id: 'share:1', state: 'ended' } as AccessRow };
    expect(changedShare(form({ who: held(undefined) }))?.id).toBe('share:1');
    expect([consent, over, peter].map((who) => changedShare(form({ who })))).toEqual([undefined, undefined, undefined]);
    const filled = form({ who: held('2026-11-24T00:00:00Z'), scopes: ['view'] });
    expect(changeOf(filled, termsOf(filled, frame))).toEqual({ scopes: ['view'], until: '2026-11-30T00:00:00.000Z' });
  });

  it('keeps what was filled in when another is chosen, but not beside terms of a share', () => {
    const filled = form({ scopes: ['edit'], note: 'hello' });
    expect(withWho(filled, shop)).toEqual({ ...filled, who: shop });
    const other = held(undefined);
    expect(withWho(filled, other)).toEqual({ who: other, note: 'hello' });
    expect(withWho(form({ who: other, scopes: [] }), null)).toEqual({ who: null, note: '' });
  });

  it('undoes a change with the terms of before; a first day that is over counts from now', () => {
    const row = held('2026-12-01T00:00:00Z').current as AccessRow;
    expect(formerTerms(row, NOW)).toEqual({ scopes: ['edit'], until: '2026-12-01T00:00:00Z' });
    expect(formerTerms({ ...row, from: '2026-11-01T00:00:00Z' }, NOW)).not.toHaveProperty('from');
    expect(formerTerms({ ...row, from: '2026-11-30T00:00:00Z' }, NOW)).toHaveProperty('from', '2026-11-30T00:00:00Z');
    expect(formerTerms(held(undefined).current as AccessRow, NOW).until).toBeNull();
  });
});

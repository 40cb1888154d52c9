import fc from 'fast-check';
import type { AuthorizationDetail } from '@valetkey/tokens';
import { OAuthError } from '../oauth-error.js';
import type { AuthorizationDetailsField, AuthorizationDetailsType } from './authorization-details.js';
import {
  areAmongDetails,
  detailsFor,
  grownDetails,
  isWithinDetails,
  lastingDetails,
  parseAuthorizationDetails,
  uniteDetails,
} from './authorization-details.js';

const field = (name: string, fields: Partial<AuthorizationDetailsField> = {}): AuthorizationDetailsField => ({
  name,
  kind: 'string',
  required: false,
  values: null,
  maxLength: 20,
  ...fields,
});

const PAYMENT: AuthorizationDetailsType = {
  type: 'payment',
  displayName: 'Pay',
  ask: 'once',
  fields: [
    field('amount.currency', { required: true, values: ['EUR', 'USD'] }),
    field('amount.value', { required: true, kind: 'number' }),
    field('creditor'),
    field('count', { kind: 'integer' }),
    field('urgent', { kind: 'boolean' }),
    field('actions', { kind: 'strings', values: ['initiate', 'status'] }),
  ],
};
const GOOD = {
  type: 'payment',
  amount: { currency: 'EUR', value: 1.5 },
  creditor: 'Bob',
  actions: ['initiate', 'status'],
};

const reasonOf = (details: unknown): string => {
  try {
    parseAuthorizationDetails(typeof details === 'string' ? details : JSON.stringify(details), [PAYMENT]);
    return 'taken';
  } catch (error) {
    return error instanceof OAuthError && error.code === 'invalid_authorization_details' ? error.reason : String(error);
  }
};

describe('RFC 9396 section 2: authorization_details', () => {
  it('RA-01 RA-02 are taken as they are when they fit their type', () => {
    expect(parseAuthorizationDetails(JSON.stringify([GOOD, GOOD]), [PAYMENT])).toEqual([GOOD, GOOD]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'x', 'details_malformed'],
    ['no array', '{}', 'details_malformed'],
    ['an empty array', '[]', 'details_malformed'],
    ['no object in it', '[1]', 'details_malformed'],
    ['no type', [{ amount: 1 }], 'details_malformed'],
    ['a type that is no text', [{ type: ['payment'] }], 'details_malformed'],
    ['21 objects', Array.from({ length: 21 }, () => GOOD), 'details_malformed'],
    [
      'a member that comes twice',
      '[{"type":"payment","amount":{"currency":"EUR","value":1,"value":2}}]',
      'details_malformed',
    ],
    ['more than 16 KiB', `[${' '.repeat(16_384)}]`, 'details_malformed'],
    ['a type that is not known', [{ ...GOOD, type: 'account' }], 'details_type_unknown'],
    ['the type of a prototype', [{ type: 'constructor' }], 'details_type_unknown'],
    ['a good object beside a bad one', [GOOD, { type: 'x' }], 'details_type_unknown'],
    ['a member that is not described', [{ ...GOOD, debtor: 'x' }], 'details_do_not_fit'],
    ['a missing member', [{ type: 'payment', amount: { currency: 'EUR' } }], 'details_do_not_fit'],
    ['another kind of value', [{ ...GOOD, creditor: 1 }], 'details_do_not_fit'],
    ['an object for a text', [{ ...GOOD, creditor: { a: 1 } }], 'details_do_not_fit'],
    ['a text for an object', [{ ...GOOD, amount: 'EUR 1' }], 'details_do_not_fit'],
    ['a null', [{ ...GOOD, creditor: null }], 'details_do_not_fit'],
    ['a fraction for a whole number', [{ ...GOOD, count: 1.5 }], 'details_do_not_fit'],
    ['a text for a truth value', [{ ...GOOD, urgent: 'true' }], 'details_do_not_fit'],
    ['a value that is not listed', [{ ...GOOD, amount: { currency: 'XXX', value: 1 } }], 'details_do_not_fit'],
    ['an entry that is not listed', [{ ...GOOD, actions: ['initiate', 'cancel'] }], 'details_do_not_fit'],
    ['an empty list', [{ ...GOOD, actions: [] }], 'details_do_not_fit'],
    ['too long a text', [{ ...GOOD, creditor: 'x'.repeat(21) }], 'details_do_not_fit'],
    ['a control character', [{ ...GOOD, creditor: 'a\u0007' }], 'details_do_not_fit'],
    [
      'a name with a dot for a path',
      [{ type: 'payment', 'amount.currency': 'EUR', 'amount.value': 1 }],
      'details_do_not_fit',
    ],
    ['an empty object', [{ ...GOOD, extra: {} }], 'details_do_not_fit'],
    [
      'a member __proto__',
      `[{"type":"payment","amount":{"currency":"EUR","value":1},"__proto__":{"x":1}}]`,
      'details_do_not_fit',
    ],
  ])('RA-01 RA-02 attack class 33: are refused with %s', (_title, details, reason) => {
    expect(reasonOf(details)).toBe(reason);
  });

  describe('RA-04: at the token endpoint', () => {
    const granted = [GOOD, { ...GOOD, creditor: 'Eve' }] as AuthorizationDetail[];
    const isWithin = (...asked: object[]) => isWithinDetails(asked as AuthorizationDetail[], granted);

    it('may be the same, fewer objects, or objects with fewer entries in their lists', () => {
      expect(isWithin(...granted)).toBe(true);
      expect(isWithin(GOOD)).toBe(true);
      expect(isWithin({ ...GOOD, actions: ['status'] })).toBe(true);
      expect(isWithin({ ...GOOD, actions: ['status', 'initiate'] })).toBe(true);
    });

    it.each<[string, object]>([
      ['another amount', { ...GOOD, amount: { currency: 'EUR', value: 1 } }],
      ['another creditor', { ...GOOD, creditor: 'Mallory' }],
      ['a member less', { type: 'payment', amount: GOOD.amount, actions: GOOD.actions }],
      ['a member more', { ...GOOD, urgent: true }],
      ['an entry more', { ...GOOD, actions: ['initiate', 'status', 'cancel'] }],
      ['an empty list', { ...GOOD, actions: [] }],
      ['another type', { ...GOOD, type: 'account' }],
    ])('are never more or other: %s', (_title, asked) => {
      expect(isWithin(asked)).toBe(false);
      expect(isWithin(GOOD, asked)).toBe(false);
    });
  });

  it('compare exactly with what was consented to, whatever the order of members', () => {
    const reordered = {
      actions: ['initiate', 'status'],
      creditor: 'Bob',
      amount: { value: 1.5, currency: 'EUR' },
      type: 'payment',
    };
    const among = (asked: object) => areAmongDetails([asked as AuthorizationDetail], [GOOD as AuthorizationDetail]);
    expect(among(reordered)).toBe(true);
    expect(among({ ...GOOD, actions: ['status'] })).toBe(false);
    const united = uniteDetails([GOOD as AuthorizationDetail], [reordered as AuthorizationDetail]);
    expect(united).toHaveLength(1);
  });

  it('RA-05 concern the resource servers that they name in locations, or any when they name none', () => {
    const [anywhere, here, both, odd] = [
      { type: 'a' },
      { type: 'b', locations: ['https://photos.example'] },
      { type: 'c', locations: ['https://mail.example', 'https://photos.example'] },
      { type: 'd', locations: 'https://photos.example' },
    ] as AuthorizationDetail[];
    const all = [anywhere, here, both, odd] as AuthorizationDetail[];
    expect(detailsFor(all, 'https://photos.example')).toEqual([anywhere, here, both]);
    expect(detailsFor(all, 'https://mail.example')).toEqual([anywhere, both]);
    expect(detailsFor(all, null)).toEqual([anywhere]);
  });

  it('RFC 9396 section 12: last, unless each is a deed, or its type is no more', () => {
    const details = ['account', 'payment', 'gone'].map((type) => ({ type })) as AuthorizationDetail[];
    const types = [{ type: 'account', ask: 'once' } as const, { type: 'payment', ask: 'every_time' } as const];
    expect(lastingDetails(details, types)).toEqual([{ type: 'account' }]);
  });

  it('RA-03 of deeds a record says the newest twenty, and everything that lasts', () => {
    const types = [{ type: 'account', ask: 'once' } as const, { type: 'payment', ask: 'every_time' } as const];
    const of = (type: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ type, n }) as unknown as AuthorizationDetail);
    const before = [...of('account', 30), ...of('payment', 20), { type: 'gone' } as AuthorizationDetail];
    const given = [{ type: 'payment', n: 20 } as unknown as AuthorizationDetail];
    expect(grownDetails(before, given, types)).toEqual([
      ...of('account', 30),
      ...of('payment', 20).slice(1),
      { type: 'gone' },
      ...given,
    ]);
    expect(grownDetails(before, before, types)).toEqual(before);
  });

  it('are within themselves, whatever they are (property)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
        const detail = JSON.parse(JSON.stringify({ ...members, type: 't', list: ['x'] })) as AuthorizationDetail;
        expect(areAmongDetails([detail], [detail])).toBe(true);
      }),
    );
  });
});

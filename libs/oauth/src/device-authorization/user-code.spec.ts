import { newUserCode, parseUserCode } from './user-code.js';

describe('DV-03: the code that a person types', () => {
  it('has at least 34 bits, no vowels and no look-alikes', () => {
    const codes = Array.from({ length: 500 }, newUserCode);
    expect(Math.log2(20) * 8).toBeGreaterThan(34);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    const used = new Set(codes.join('').replaceAll('-', ''));
    expect(used.size).toBe(20);
  });

  it.each(['WDJB-MJHT', 'wdjb-mjht', 'WDJBMJHT', ' wdjb mjht ', 'w-d-j-b-m-j-h-t', 'WDJB\u2013MJHT', 'wdjb_mjht'])(
    'is the same however it is typed: %j',
    (typed) => {
      expect(parseUserCode(typed)).toBe('WDJB-MJHT');
    },
  );

  it.each(['', 'WDJB-MJH', 'WDJB-MJHTX', 'WDJB-MJHA', 'WDJB-MJH1', 'WDJB%MJHT', '\uff37DJB-MJHT', 'WDJB-MJHT\0'])(
    'is none when no device shows it: %j',
    (typed) => {
      expect(parseUserCode(typed)).toBeUndefined();
    },
  );

  it('is read from a bounded part of what came', () => {
    expect(parseUserCode(`${' '.repeat(1_000_000)}WDJBMJHT`)).toBeUndefined();
  });
});

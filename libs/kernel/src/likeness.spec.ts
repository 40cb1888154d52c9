import { likenessOf } from './likeness.js';

describe('attack class 212: what a name is taken for', () => {
  it.each([
    ['PRINT  shop'],
    [' print\u00a0shop '],
    ['Print\u200bshop'],
    ['Print\u2060 shop\ufe0f'],
    ['Print\u3164shop'],
    ['P\u00adrint-Shop'],
    ['Ｐｒｉｎｔ ｓｈｏｐ'],
    ['𝐏𝐫𝐢𝐧𝐭 shop'],
    ['Prínt shôp'],
    ['“Print shop”!'],
    ['Print shop #'],
  ])('%j is taken for the print shop', (name) => {
    expect(likenessOf(name)).toBe('printshop');
  });

  it.each([['Print shop 2'], ['Print shops'], ['Принт шоп']])('%j is not', (name) => {
    expect(likenessOf(name)).not.toBe('printshop');
  });

  it('of signs alone is nothing', () => {
    expect(likenessOf('\u3164 ☂ \u200b')).toBe('');
  });
});

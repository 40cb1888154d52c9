import { likenessesOf, likenessOf } from './likeness.js';
import { LOOK_ALIKES } from './look-alikes.js';

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
    ['Prіnt shоp'],
    ['РRІNТ ЅНОР'],
    ['Ρriηt shορ'],
    ['ᴘʀɪɴᴛ ꜱʜᴏᴘ'],
    ['Ꮲrint shøp'],
    ['ꓑꓣꓲꓠꓔ ꓢꓧꓳꓑ'],
    ['Ⲣrint shⲟp'],
    ['PrᎥnt Տhop'],
    ['ᑭrint sh𐐬p'],
    ['Print sh๐p'],
  ])('%j is taken for the print shop', (name) => {
    expect(likenessOf(name)).toBe('printshop');
  });

  it.each([['Print shop 2'], ['Print shops'], ['Принт шоп']])('%j is not', (name) => {
    expect(likenessOf(name)).not.toBe('printshop');
  });

  it('of signs alone is nothing', () => {
    expect(likenessOf('\u3164 ☂ \u200b')).toBe('');
  });

  it('of letters that have two looks is any of them, whatever the case of the name', () => {
    expect(likenessOf('Νovell')).toBe('novell');
    expect(likenessOf('coνer')).toBe('cover');
    expect([likenessOf('ϲoffee'), likenessOf('ƒrames')]).toEqual(['coffee', 'frames']);
    const [small, capitals] = [likenessOf('αθηνα'), likenessOf('ΑΘΗΝΑ')];
    expect(small).not.toBe(capitals);
    for (const name of ['Αθηνα', 'ΑΘΗΝΑ', 'αθηνα']) {
      expect(likenessesOf(name)).toEqual(expect.arrayContaining([small, capitals]));
    }
    expect(likenessesOf('Print shop')).toEqual(['printshop']);
    expect(likenessesOf('☂')).toEqual([]);
  });

  it('keeps Latin letters and digits apart, and takes each other letter for one alone', () => {
    const plain = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
    expect(plain.map(likenessOf)).toEqual(plain);
    expect(plain.filter((letter) => LOOK_ALIKES.has(letter) || LOOK_ALIKES.has(letter.toUpperCase()))).toEqual([]);
    const letters = [...LOOK_ALIKES.keys()];
    expect(letters.every((letter) => /^[\p{L}\p{Nd}]$/u.test(letter))).toBe(true);
  });
});

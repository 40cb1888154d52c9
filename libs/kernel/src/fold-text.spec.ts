import { foldText } from './fold-text.js';

describe('folded text', () => {
  it.each([
    ['Müller', 'muller'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['  Two \t spaces ', 'two spaces'],
    ['Ａｌｂｕｍ', 'album'],
    ['İstanbul', 'istanbul'],
    ['صور', 'صور'],
    ['', ''],
  ])('of %j is %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });
});

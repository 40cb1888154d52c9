import { labelsOf, problemOf } from './label-text.js';

describe('labels', () => {
  it.each([
    ['', []],
    [' , ,', []],
    ['work,  two  words ,work', ['work', 'two words']],
    ['عمل، بيت', ['عمل', 'بيت']],
  ])('%j is read as %j', (text, labels) => expect(labelsOf(text)).toEqual(labels));

  it('tells which one is too long, and when they are too many', () => {
    expect(problemOf(['a'.repeat(40)])).toBeUndefined();
    expect(problemOf(['b', 'a'.repeat(41)])).toEqual({ tooLong: 'a'.repeat(41) });
    const many = Array.from({ length: 21 }, (_, index) => String(index));
    expect([problemOf(many.slice(1)), problemOf(many)]).toEqual([undefined, 'too_many']);
  });
});

import { picture } from './picture.js';

describe('picture', () => {
  it('is always the same for the same title, and another for another', () => {
    expect(picture('First snow')).toBe(picture('First snow'));
    expect(picture('First snow')).not.toBe(picture('Apple blossom').replaceAll('Apple blossom', 'First snow'));
  });

  it('escapes the title', () => {
    expect(picture('<script>alert(1)</script>')).not.toContain('<script');
  });
});

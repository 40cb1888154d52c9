import { RULES } from './rules.js';
import { STYLESHEET, STYLESHEET_NAME } from './stylesheet.js';

describe('the style sheet', () => {
  it('uses only tokens that there are, and no colour of its own but the white behind a picture to scan', () => {
    const known = new Set([...STYLESHEET.matchAll(/(--[a-z0-9-]+):/g)].map(([, property]) => property));
    const used = [...RULES.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, property]) => property);
    expect(used.filter((property) => !known.has(property))).toEqual([]);
    expect(RULES.match(/#[0-9a-f]{3,6}\b/gi)).toEqual(['#fff']);
  });

  it('lays out by logical directions only, so that it holds from right to left', () => {
    expect(RULES.match(/(margin|padding|border|text-align|float)[^;{}]*\b(left|right)\b/g)).toBeNull();
  });

  it('loads nothing, and is named by its content', () => {
    expect(STYLESHEET).not.toMatch(/@import|url\(/);
    expect(STYLESHEET_NAME).toMatch(/^valetkey-[0-9a-f]{16}\.css$/);
  });
});

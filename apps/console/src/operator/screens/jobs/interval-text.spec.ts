import { intervalText, lengthText } from './interval-text.js';

describe('how often a job runs, and how long it lasts', () => {
  it.each([
    [1, 'en', '1 second'],
    [90, 'en', '90 seconds'],
    [600, 'en', '10 minutes'],
    [3600, 'de', '1 Stunde'],
    [86_400, 'de', '1 Tag'],
  ] as const)('every %i s, %s: %s', (seconds, language, text) => expect(intervalText(seconds, language)).toBe(text));

  it.each([
    [12, 'en', '12 ms'],
    [3_420, 'en', '3.4 sec'],
  ] as const)('%i ms, %s: %s', (length, language, text) => expect(lengthText(length, language)).toBe(text));
});

import { documentOf } from '../kit/document.js';
import { messagesFor } from '../messages/messages-for.js';
import { SAMPLES } from '../samples/samples.fixture.js';

const FRAME = { brand: 'Valetkey', host: 'as.example', stylesheet: '/style.css' };

/** The page in words, with a line for each of its parts. */
function linesOf(name: string, locale: string): string[] {
  const sample = SAMPLES.find((one) => one.name === name);
  if (!sample) throw new Error(`no sample ${name}`);
  const messages = messagesFor(locale);
  const page = documentOf(sample.view(messages), FRAME, messages);
  return page
    .replace(/<(?!\/?(h\d|p|li|div|legend|dt|dd)\b)[^>]*>/g, '')
    .split(/<[^>]*>/)
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}

describe('A3, principle 1: what stands under a sentence is what it says', () => {
  it('who she is stands under “It learns who you are”, and what is done with her data under words of its own', () => {
    const lines = linesOf('consent', 'en');
    const from = lines.indexOf('It learns who you are');
    expect(lines.slice(from, from + 4)).toEqual([
      'It learns who you are',
      'See your name and profile',
      'It cannot work without',
      'See your travel requests',
    ]);
  });

  it('where she can end it is said by the name of that page', () => {
    for (const locale of ['en', 'de']) {
      const [line = ''] = linesOf('consent', locale).filter((one) => /at any time|jederzeit/.test(one));
      expect(line).toContain(messagesFor(locale).applications.title);
    }
  });

  it('an application that only wants to know her asks for nothing else', () => {
    const lines = linesOf('consent-sign-in-only', 'de');
    expect(lines).toContain('Sie erfährt, wer Sie sind');
    expect(lines).not.toContain('Ohne das geht es nicht');
  });
});

import { documentOf } from '../kit/document.js';
import { messagesFor } from '../messages/messages-for.js';
import { SAMPLES } from '../samples/samples.fixture.js';

const FRAME = { brand: 'Valetkey', host: 'as.example', stylesheet: '/style.css' };

function pageOf(name: string, locale: string): string {
  const sample = SAMPLES.find((one) => one.name === name);
  if (!sample) throw new Error(`no sample ${name}`);
  const messages = messagesFor(locale);
  return documentOf(sample.view(messages), FRAME, messages);
}

/** The page in words, with a line for each of its parts. */
function linesOf(name: string, locale: string): string[] {
  return pageOf(name, locale)
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

  it('ux 5.5 what it is for, where it is at home and how many use it stand with its name; a permission with what goes without it', () => {
    for (const [locale, about, without] of [
      ['en', ['globex.example · used by 212 people here', 'It says: “to fill in your travel requests”'], 'Without it'],
      [
        'de',
        ['globex.example · genutzt von 212 Menschen hier', 'Sie sagt: „to fill in your travel requests“'],
        'Without it',
      ],
    ] as const) {
      const lines = linesOf('consent', locale);
      expect(lines).toEqual(expect.arrayContaining([...about]));
      expect(lines.filter((line) => line.includes(without))).toHaveLength(1);
    }
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

describe('A3, WCAG 3.3.1: what is wrong leads to where it is put right', () => {
  it('every link of a problem leads to a field, which takes the focus', () => {
    const targets = SAMPLES.flatMap(({ name }) => {
      const page = pageOf(name, 'en');
      const [, id] = /role="alert"[\s\S]*?href="#([^"]+)"/.exec(page) ?? [];
      return id === undefined ? [] : [[name, new RegExp(`<(\\w+)\\b[^>]*\\sid="${id}"`).exec(page)?.[1]]];
    });
    expect(targets).toContainEqual(['consent-unanswered', 'input']);
    expect(targets.filter(([, tag]) => tag !== 'input')).toEqual([]);
  });
});

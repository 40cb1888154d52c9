import { ConfigFolder } from '../config.fixture.js';
import { checkConfig } from '../load-config.js';

let work: ConfigFolder;
beforeEach(() => {
  work = new ConfigFolder();
});
afterEach(() => work.remove());

describe('the configuration file', () => {
  it('is asked for with a way to make one when it is missing', () => {
    const [problem] = checkConfig({ path: work.file, env: {} }).problems;
    expect(problem?.path).toBe('');
    expect(problem?.message).toContain('the file does not exist');
    expect(problem?.message).toContain('copy docs/valetkey.example.yaml there');
    expect(problem?.message).toContain('--config');
  });

  it.each([
    ['empty', ''],
    ['of comments only', '# nothing\n'],
    ['null', '~'],
  ])('is refused when it is %s', (_case, text) => {
    expect(work.problemsOf(text)).toEqual(['the file is empty: at least "issuer" must be set']);
  });

  it.each([
    ['a list', '- issuer'],
    ['text', 'issuer'],
  ])('is refused when it is %s', (_case, text) => {
    expect(work.problemsOf(text)).toEqual(['the file must consist of members such as "issuer: …"']);
  });

  it('is refused when it is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('issuer: https://as.example # '), Buffer.from([0xe9, 0x0a])]);
    expect(work.problemsOf(bytes)).toEqual(['the file is not UTF-8 text']);
  });

  it('may begin with a byte order mark', () => {
    expect(work.problemsOf('\ufeffissuer: https://as.example')).toEqual([]);
  });

  it('is refused above 1 MiB', () => {
    const text = `issuer: https://as.example\n#${' '.repeat(1024 * 1024)}`;
    expect(work.problemsOf(text)).toEqual(['the file is larger than 1 MiB']);
  });

  it.each([
    ['a member twice', 'issuer: https://a.example\nissuer: https://b.example', 'the file has a member twice (line 2)'],
    ['a tag', 'issuer: !!js/function x', 'the file has a tag (!…); tags are not allowed (line 1)'],
    ['two documents', 'issuer: https://a.example\n---\nissuer: x', 'the file must be one YAML document (line 2)'],
    ['a member name that is a list', 'issuer: x\n? [a]\n: x', 'the file has a member name that is not text (line 2)'],
    [
      'an open quote',
      'issuer: "x',
      'the file lacks a character such as a closing quote or bracket, or a colon (line 1)',
    ],
    ['__proto__', 'issuer: x\n__proto__: { log: 1 }', 'the file has a member name that is not allowed (line 2)'],
    [
      '__proto__ further down',
      'issuer: x\nlog:\n  "__proto__": 1',
      'the file has a member name that is not allowed (line 3)',
    ],
    [
      'an alias inside itself',
      'issuer: x\nlog: &a\n  level: *a',
      'the file has an alias inside its own value (line 3)',
    ],
  ])('is refused with %s', (_case, text, problem) => {
    expect(work.problemsOf(text)).toContain(problem);
  });

  it('is refused with a tag in front of a member', () => {
    expect(work.problemsOf('issuer: !!binary aGVsbG8=').join()).toContain('tags are not allowed');
  });

  it('does not treat "constructor", "prototype" or "<<" as more than unknown members', () => {
    const problems = work.problemsOf(
      'issuer: https://as.example\nconstructor: 1\nprototype: 1\n"<<": { log: 1 }\nlog: { toString: 1 }',
    );
    expect(problems).toEqual([
      'constructor: is not a known setting (line 2)',
      'prototype: is not a known setting (line 3)',
      '["<<"]: is not a known setting (line 4)',
      'log.toString: is not a known setting (line 5)',
    ]);
  });

  it('is refused when aliases would multiply it', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1) {
      const alias = `*a${String(level - 1)}`;
      lines.push(`a${String(level)}: &a${String(level)} [${Array.from({ length: 10 }, () => alias).join(', ')}]`);
    }
    expect(work.problemsOf(lines.join('\n'))).toEqual(['is nested too deeply or repeats too many aliases']);
  });

  it('is refused when it is nested deeper than it can be read', () => {
    expect(work.problemsOf(`issuer: ${'['.repeat(100_000)}`)).not.toEqual([]);
  });

  it('keeps a problem on one line whatever a member is called', () => {
    const [problem] = work.problemsOf('issuer: https://as.example\n"a\\nb: c": 1');
    expect(problem).toBe('["a\\nb: c"]: is not a known setting (line 2)');
  });
});

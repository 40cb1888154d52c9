import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { ConfigFolder, ENVIRONMENT, validSettings } from '../config.fixture.js';
import { createSecretFile, readSecretFile } from './secret-file.js';

let work: ConfigFolder;
beforeEach(() => {
  work = new ConfigFolder();
});
afterEach(() => work.remove());

const SECRET = 's'.repeat(40);

describe('a secret file', () => {
  it.each([
    ['no line end', SECRET, SECRET],
    ['one line end', `${SECRET}\n`, SECRET],
    ['one line end of Windows', `${SECRET}\r\n`, SECRET],
    ['two line ends, of which one belongs to the secret', `${SECRET}\n\n`, `${SECRET}\n`],
  ])('is read with %s', (_title, content, secret) => {
    expect(readSecretFile(work.write('secret', content))).toBe(secret);
  });

  it.each([0o640, 0o604, 0o644, 0o660, 0o610])('is refused with mode %o, which lets others in', (mode) => {
    const file = work.write('print-shop.secret', SECRET);
    chmodSync(file, mode);
    expect(work.problemsOf(validSettings())).toEqual([
      `clients[1].secret.file: ${file} may be used by others than its owner: chmod 600 (line 1)`,
    ]);
  });

  it('may be read-only, and may be reached by a link', () => {
    const file = work.write('mounted', SECRET);
    chmodSync(file, 0o400);
    symlinkSync(file, join(work.folder, 'print-shop.secret'));
    expect(work.problemsOf(validSettings())).toEqual([]);
  });

  it.each([
    ['empty', '\n', 'clients[1].secret: the secret found there is empty (line 1)'],
    [
      'with a space',
      `${SECRET} x`,
      'clients[1].secret: the secret found there must consist of printable ASCII characters without spaces (line 1)',
    ],
    [
      'too long',
      'x'.repeat(257),
      'clients[1].secret: the secret found there must be at most 256 characters long (line 1)',
    ],
  ])('is refused when it is %s', (_title, content, problem) => {
    work.write('print-shop.secret', content);
    expect(work.problemsOf(validSettings())).toEqual([problem]);
  });

  it('is refused when it is not text, or without bound', () => {
    const file = work.write('print-shop.secret', Buffer.from([0xff, 0xfe]));
    expect(work.problemsOf(validSettings())[0]).toContain(`${file} is not UTF-8 text`);
    work.write('print-shop.secret', 'x'.repeat(20_000));
    expect(work.problemsOf(validSettings())[0]).toContain(`${file} is larger than 16 KiB`);
  });

  it('is refused when it is a pipe, without waiting for a writer', () => {
    execFileSync('mkfifo', ['-m', '600', join(work.folder, 'print-shop.secret')]);
    expect(work.problemsOf(validSettings())[0]).toContain('is not a file');
  });
});

describe('making a secret file', () => {
  it('makes it for its owner alone, folders included, and leaves nothing else behind', () => {
    const path = join(work.folder, 'deep', 'down', 'secret');
    expect(createSecretFile(path, SECRET)).toBe(SECRET);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(work.folder, 'deep')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(work.folder, 'deep', 'down'))).toEqual(['secret']);
    expect(readFileSync(path, 'utf8')).toBe(`${SECRET}\n`);
  });

  it('gives the secret of whoever was first', () => {
    const path = join(work.folder, 'secret');
    createSecretFile(path, SECRET);
    expect(createSecretFile(path, 'another-secret')).toBe(SECRET);
    expect(readdirSync(work.folder)).toEqual(['secret']);
  });

  it('does not read past a file of the first that others may use', () => {
    const path = work.write('secret', SECRET);
    chmodSync(path, 0o644);
    expect(() => createSecretFile(path, 'another-secret')).toThrow('open-to-others');
  });

  it('serves two clients that name the same file with one secret', () => {
    const { clients } = work.load(validSettings(['clients.0.secret', { file: 'print-shop.secret' }]), ENVIRONMENT);
    expect(clients[0]?.secret).toBe(clients[1]?.secret);
  });
});

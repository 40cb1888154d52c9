import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from './connection.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';

describe('private files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-private-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are readable by their user alone, replaced as a whole, and leave nothing behind', () => {
    const path = join(folder, 'new', 'file');
    expect(readPrivateFile(path)).toBeUndefined();
    writePrivateFile(path, 'one');
    writePrivateFile(path, 'two');
    expect(readPrivateFile(path)).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'new'))).toEqual(['file']);
  });

  it('keep a connection with its newest refresh token until it is put away', () => {
    const connection = new Connection(join(folder, 'connection.json'));
    expect(connection.exists).toBe(false);
    expect(() => connection.refreshToken).toThrow('npm start');
    connection.save('rt-1', 'uma_protection');
    connection.save('rt-2');
    expect(connection.refreshToken).toBe('rt-2');
    connection.discard();
    expect(connection.exists).toBe(false);
  });
});

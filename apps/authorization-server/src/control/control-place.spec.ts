import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ControlPlace } from './control-place.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('where commands are taken', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'valetkey-control-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const long = () => join(folder, 'deep'.repeat(30), 'valetkey.sqlite');
  const control = (database: string) => `${database}.control`;

  it('is a private folder beside the file, made anew and removed', () => {
    const database = join(folder, 'valetkey.sqlite');
    const place = new ControlPlace(database);
    const socket = join(control(database), 'socket');
    mkdirSync(control(database), { mode: 0o777 });
    writeFileSync(socket, 'left behind');
    expect([place.prepare(), place.find()]).toEqual([socket, socket]);
    expect([existsSync(socket), modeOf(control(database))]).toEqual([false, 0o700]);
    place.clear();
    expect(existsSync(control(database))).toBe(false);
  });

  it('is a private temporary folder where the path beside the file is too long', () => {
    mkdirSync(dirname(long()));
    const place = new ControlPlace(long());
    const path = place.prepare();
    expect([place.find(), new ControlPlace(long()).find()]).toEqual([path, path]);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(103);
    expect([modeOf(dirname(path)), modeOf(join(control(long()), 'elsewhere'))]).toEqual([0o700, 0o600]);
    place.clear();
    expect([existsSync(dirname(path)), existsSync(control(long()))]).toEqual([false, false]);
  });

  it('removes nothing that it would not have made, whatever stands in the record', () => {
    mkdirSync(dirname(long()));
    const precious = [join(folder, 'socket'), join(folder, 'valetkey-mine', 'socket'), join(folder, 'valetkey-x')];
    mkdirSync(dirname(precious[1] ?? ''));
    for (const file of precious) {
      writeFileSync(file, 'precious');
      mkdirSync(control(long()));
      writeFileSync(join(control(long()), 'elsewhere'), file);
      new ControlPlace(long()).clear();
      expect([existsSync(control(long())), readFileSync(file, 'utf8')]).toEqual([false, 'precious']);
    }
  });

  it('is no folder that a link leads to', () => {
    const database = join(folder, 'valetkey.sqlite');
    mkdirSync(join(folder, 'foreign'));
    symlinkSync(join(folder, 'foreign'), control(database));
    expect(() => new ControlPlace(database).prepare()).toThrow(/EEXIST/);
  });
});

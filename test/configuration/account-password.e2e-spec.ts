import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { databaseDump } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { changeSettings, dump, entryOf } from './settings-file.js';

const CONFIGURED = 'seven small boats at sea';
const CHANGED = 'eight large ships in port';
const LATER = 'nine old steamers at dock';

describeServer('passwords of accounts', { isLeftStopped: true }, (server) => {
  const passwordFile = () => join(server().directory, 'alice-password');
  const hashOf = async (id: string): Promise<string | undefined> => {
    const rows = ((await dump(server()))['account_password'] ?? []).map(
      (row) => JSON.parse(row) as { account_id: string; hash: string },
    );
    return rows.find((row) => row.account_id === id)?.hash;
  };
  const startAndStop = async () => {
    await server().restart();
    await server().stop();
  };

  beforeAll(async () => {
    await writeFile(passwordFile(), `${CONFIGURED}\n`, { mode: 0o600 });
    await changeSettings(server(), (settings) => {
      entryOf(settings, 'accounts', 'id', 'alice').password = { file: './alice-password' };
    });
  });

  it('a configured one is hashed at the start, and the same file changes nothing more', async () => {
    await startAndStop();
    const hash = (await hashOf('alice')) ?? '';
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verify(hash, CONFIGURED)).toBe(true);
    const before = await dump(server());
    await startAndStop();
    expect(await dump(server())).toEqual(before);
  });

  it('account-password takes another one from the standard input, which stays until the configured one changes', async () => {
    const result = await server().runCommand(['account-password', 'ALICE'], `${CHANGED}\nsecond line\n`);
    expect(result).toEqual({
      code: 0,
      stdout: 'the password of alice is set, its sessions have ended\n',
      stderr: expect.not.stringContaining(CHANGED) as string,
    });
    await startAndStop();
    const changed = (await hashOf('alice')) ?? '';
    expect([await verify(changed, CHANGED), await verify(changed, CONFIGURED)]).toEqual([true, false]);
    await writeFile(passwordFile(), LATER, { mode: 0o600 });
    await startAndStop();
    expect(await verify((await hashOf('alice')) ?? '', LATER)).toBe(true);
  });

  it.each([
    ['an account that there is not', 'nobody', `${CHANGED}\n`, 'no account is called nobody'],
    ['a short password', 'alice', 'short\n', 'the password must be at least 12 characters long'],
    ['a common password', 'alice', 'password1234', 'the password is one of the most common ones'],
    ['no password', 'alice', '', 'no password on the standard input'],
  ])('account-password refuses %s in one line and changes nothing', async (_what, name, input, message) => {
    const before = await hashOf('alice');
    const result = await server().runCommand(['account-password', name], input);
    expect(result).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
    expect(await hashOf('alice')).toBe(before);
  });

  it('241 243 are in no dump and no log', async () => {
    const stored = await databaseDump(server());
    for (const password of [CONFIGURED, CHANGED, LATER]) {
      expect(stored).not.toContain(password);
      expect(server().log()).not.toContain(password);
    }
    expect(stored).toContain('$argon2id$');
  });
});

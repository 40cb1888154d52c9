import type { Database, WriteSet } from '@valetkey/persistence';
import { AuthorizationStore } from './persistence/authorization.store.js';
import { UsageRecorder } from './usage-recorder.service.js';

/** Takes write-sets as long as it is up; those whose number is in `failing` fail. */
function recorderWith(failing: ReadonlySet<number>) {
  const written: string[][] = [];
  let commits = 0;
  const database: Pick<Database, 'commit'> = {
    commit: ({ steps }: WriteSet) => {
      commits += 1;
      if (failing.has(commits)) return Promise.reject(new Error('gone'));
      written.push(steps.map(({ values }) => String(values[2])));
      return Promise.resolve([]);
    },
  };
  const recorder = new UsageRecorder(new AuthorizationStore(database as Database), database as Database);
  return { recorder, written };
}

describe('the record of uses', () => {
  it('tells a use that is not written yet, the latest one, and forgets it once it is written', async () => {
    const { recorder, written } = recorderWith(new Set());
    recorder.note('g1', 5);
    recorder.note('g1', 7);
    expect([recorder.pendingUse('g1'), recorder.pendingUse('g2')]).toEqual([7, undefined]);
    await recorder.flush();
    expect(recorder.pendingUse('g1')).toBeUndefined();
    expect(written).toEqual([['g1']]);
  });

  it('keeps the uses of a batch that could not be written for the next time', async () => {
    const { recorder, written } = recorderWith(new Set([2]));
    const ids = Array.from({ length: 250 }, (_, index) => `g${1000 + index}`);
    for (const id of ids) recorder.note(id, 5);
    await expect(recorder.flush()).rejects.toThrow('gone');
    expect([recorder.pendingUse('g1000'), recorder.pendingUse('g1249')]).toEqual([undefined, 5]);
    await recorder.flush();
    expect(written.flat()).toEqual(ids);
  });

  it('keeps a use that is noted while an older one is being written', async () => {
    const { recorder } = recorderWith(new Set());
    recorder.note('g1', 5);
    const flushed = recorder.flush();
    recorder.note('g1', 6);
    await flushed;
    expect(recorder.pendingUse('g1')).toBe(6);
  });
});

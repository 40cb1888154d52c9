import { randomUUID } from 'node:crypto';
import { statement, WriteSet } from '@valetkey/persistence';
import { createPlace, describeDatabases, describeEngines } from '@valetkey/testing';
import { databaseContract } from './database.contract.js';

describeDatabases('the database', databaseContract);

const INSERT = statement('INSERT INTO replay_mark (mark, expires_at) VALUES (?, ?)');
const COUNT = statement('SELECT count(*) AS marks FROM replay_mark');

describeEngines('closing the database', (engine) => {
  it('waits for every commit that was asked for, and loses none', async () => {
    const place = await createPlace(engine);
    try {
      const open = await place.open();
      const commits = Array.from({ length: 300 }, () =>
        open.database.commit(new WriteSet().add(INSERT, [randomUUID(), 1]).add(INSERT, [randomUUID(), 1])),
      );
      const settled = Promise.allSettled(commits);
      await open.close();
      expect((await settled).filter(({ status }) => status === 'rejected')).toEqual([]);
      const again = await place.open();
      expect(await again.database.get(COUNT, [])).toEqual({ marks: 600 });
      await again.close();
    } finally {
      await place.remove();
    }
  });
});

import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { sharedReadsContract } from '@valetkey/testing';
import { AccountStore } from './account.store.js';

/** Whether an account is enabled: read once for all who ask at a moment. */
export function accountStoreContract(open: () => OpenDatabase): void {
  const sql = (text: string) => open().dataSource.query<unknown>(text);
  sharedReadsContract(open, {
    make: (database, clock) => {
      const store = new AccountStore(database, clock);
      return (id) => store.isEnabled(id);
    },
    store: async () => {
      const id = randomUUID();
      await sql(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
        VALUES ('${id}', '${id}', 'A', TRUE, 'operator', 1)`);
      return id;
    },
    change: async (id) => void (await sql(`UPDATE account SET enabled = FALSE WHERE id = '${id}'`)),
    statements: 1,
  });
}

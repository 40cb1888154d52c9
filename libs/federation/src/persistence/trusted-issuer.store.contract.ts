import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { sharedReadsContract } from '@valetkey/testing';
import { TrustedIssuerStore } from './trusted-issuer.store.js';

/** Who is believed: read once for all who ask at a moment. */
export function trustedIssuerStoreContract(open: () => OpenDatabase): void {
  const sql = (text: string) => open().dataSource.query<unknown>(text);
  sharedReadsContract(open, {
    make: (database, clock) => {
      const store = new TrustedIssuerStore(database, clock);
      return async (name) => (await store.enabled()).find(({ issuer }) => issuer === name);
    },
    store: async () => {
      const name = `https://${randomUUID()}.example`;
      await sql(`INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
        VALUES ('${name}', 'P', '{}', '[]', '[]', 1, TRUE)`);
      return name;
    },
    change: async (name) => void (await sql(`UPDATE trusted_issuer SET enabled = FALSE WHERE issuer = '${name}'`)),
    statements: 1,
  });
}

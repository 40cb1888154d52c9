import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

/** Makes an empty database for one suite on the PostgreSQL that the run was given or started itself. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env.VALETKEY_TEST_DATABASE_URL;
  if (!server) throw new Error('VALETKEY_TEST_DATABASE_URL is not set: run the suite with jest.config.js');
  const name = `valetkey_test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

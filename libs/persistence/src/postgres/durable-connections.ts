import type pg from 'pg';

/**
 * The setting stands in the session: what the server, the database or the role says is raised where it is `off`, kept where it
 * asks for more, and a later reload of the server's settings cannot take it back.
 */
const COMMIT_DURABLY = `SELECT set_config('synchronous_commit',
  CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)`;

/**
 * Part of the options of every pool: a connection is used when its commits wait for the disk, and not before. One that cannot
 * be brought there is given up, and who wanted it gets the failure. One more round trip a connection, none a query.
 */
export const DURABLE_CONNECTIONS = {
  verify: (client: pg.PoolClient, done: (cause?: Error) => void): void => {
    client.query(COMMIT_DURABLY).then(
      () => done(),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause))),
    );
  },
} satisfies Pick<pg.PoolConfig, 'verify'>;

/** What only the whole server can be told, and without which no commit survives a crash of its machine. */
export const DURABILITY_SETTINGS = `SELECT name FROM pg_settings
  WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name`;

/** @returns a line for the operator about each of {@link DURABILITY_SETTINGS} that is off */
export function durabilityWarnings(off: readonly { readonly name: string }[]): string[] {
  return off.map(
    ({ name }) => `PostgreSQL runs with ${name} = off: when its machine stops, what was answered may be lost`,
  );
}

/**
 * Storage for oidc-provider by its adapter contract: upsert, find, findByUid, findByUserCode, consume, destroy, revokeByGrantId.
 * The adapter that comes with it forgets all but the last thousand entries, so the one in memory here is a plain map.
 */
import Database from 'better-sqlite3';
import pg from 'pg';

const nowSeconds = () => Math.floor(Date.now() / 1000);

/**
 * @param {string | undefined} kind memory | sqlite | postgres
 * @param {string | undefined} place file of the database, or its URL
 * @returns {Promise<new (model: string) => object>} the class that oidc-provider makes one instance of for each model
 */
export async function openStorage(kind, place) {
  if (kind === 'sqlite') return sqliteStorage(place);
  if (kind === 'postgres') return postgresStorage(place);
  return memoryStorage();
}

function memoryStorage() {
  /** @type {Map<string, any>} */
  const entries = new Map();
  /** @type {Map<string, string>} */
  const byUid = new Map();
  return class MemoryStorage {
    constructor(model) {
      this.prefix = `${model}:`;
    }
    async upsert(id, payload) {
      entries.set(this.prefix + id, payload);
      if (payload.uid) byUid.set(this.prefix + payload.uid, this.prefix + id);
    }
    async find(id) {
      return entries.get(this.prefix + id);
    }
    async findByUid(uid) {
      return entries.get(byUid.get(this.prefix + uid) ?? '');
    }
    async findByUserCode() {}
    async consume(id) {
      entries.get(this.prefix + id).consumed = nowSeconds();
    }
    async destroy(id) {
      entries.delete(this.prefix + id);
    }
    async revokeByGrantId() {}
  };
}

const SQLITE_SCHEMA = `
  create table entry (model text, id text, payload text, grant_id text, uid text, user_code text, expires integer, consumed integer,
    primary key (model, id)) without rowid;
  create index entry_grant on entry (grant_id) where grant_id is not null;
  create index entry_uid on entry (uid) where uid is not null;
  create index entry_user_code on entry (user_code) where user_code is not null;`;

const SQLITE_WRITE = `
  insert into entry (model, id, payload, grant_id, uid, user_code, expires) values (?, ?, ?, ?, ?, ?, ?)
  on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
    user_code = excluded.user_code, expires = excluded.expires`;

/** @param {string | undefined} file */
function prepareSqlite(file) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(SQLITE_SCHEMA);
  const readBy = (column) =>
    database.prepare(`select payload, expires, consumed from entry where model = ? and ${column} = ?`);
  return {
    write: database.prepare(SQLITE_WRITE),
    byId: readBy('id'),
    byUid: readBy('uid'),
    byUserCode: readBy('user_code'),
    consume: database.prepare('update entry set consumed = ? where model = ? and id = ?'),
    destroy: database.prepare('delete from entry where model = ? and id = ?'),
    revoke: database.prepare('delete from entry where grant_id = ?'),
  };
}

/** @param {string | undefined} file */
function sqliteStorage(file) {
  const { write, byId, byUid, byUserCode, consume, destroy, revoke } = prepareSqlite(file);
  const found = (row) => {
    if (!row || (row.expires && row.expires <= nowSeconds())) return undefined;
    return { ...JSON.parse(row.payload), ...(row.consumed && { consumed: row.consumed }) };
  };
  return class SqliteStorage {
    constructor(model) {
      this.model = model;
    }
    async upsert(id, payload, lifetime) {
      const expires = lifetime ? nowSeconds() + lifetime : null;
      write.run(
        this.model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.uid ?? null,
        payload.userCode ?? null,
        expires,
      );
    }
    async find(id) {
      return found(byId.get(this.model, id));
    }
    async findByUid(uid) {
      return found(byUid.get(this.model, uid));
    }
    async findByUserCode(userCode) {
      return found(byUserCode.get(this.model, userCode));
    }
    async consume(id) {
      consume.run(nowSeconds(), this.model, id);
    }
    async destroy(id) {
      destroy.run(this.model, id);
    }
    async revokeByGrantId(grantId) {
      revoke.run(grantId);
    }
  };
}

const POSTGRES_SCHEMA = `
  create table entry (model text, id text, payload jsonb, grant_id text, uid text, user_code text, expires timestamptz, consumed timestamptz,
    primary key (model, id));
  create index entry_grant on entry (grant_id) where grant_id is not null;
  create index entry_uid on entry (uid) where uid is not null;
  create index entry_user_code on entry (user_code) where user_code is not null;`;

const POSTGRES_WRITE = `insert into entry (model, id, payload, grant_id, uid, user_code, expires) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (model, id) do update set payload = $3, grant_id = $4, uid = $5, user_code = $6, expires = $7`;

async function postgresStorage(url) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(POSTGRES_SCHEMA);
  // named statements are prepared once per connection
  const run = (name, text, values) => pool.query({ name, text, values });
  const read = async (column, values) => {
    const { rows } = await run(
      `read-${column}`,
      `select payload, expires, consumed from entry where model = $1 and ${column} = $2`,
      values,
    );
    const [row] = rows;
    if (!row || (row.expires && row.expires <= new Date())) return undefined;
    return { ...row.payload, ...(row.consumed && { consumed: true }) };
  };
  return class PostgresStorage {
    constructor(model) {
      this.model = model;
    }
    async upsert(id, payload, lifetime) {
      const expires = lifetime ? new Date(Date.now() + lifetime * 1000) : null;
      const keys = [payload.grantId ?? null, payload.uid ?? null, payload.userCode ?? null];
      await run('write', POSTGRES_WRITE, [this.model, id, JSON.stringify(payload), ...keys, expires]);
    }
    async find(id) {
      return read('id', [this.model, id]);
    }
    async findByUid(uid) {
      return read('uid', [this.model, uid]);
    }
    async findByUserCode(userCode) {
      return read('user_code', [this.model, userCode]);
    }
    async consume(id) {
      await run('consume', 'update entry set consumed = now() where model = $1 and id = $2', [this.model, id]);
    }
    async destroy(id) {
      await run('destroy', 'delete from entry where model = $1 and id = $2', [this.model, id]);
    }
    async revokeByGrantId(grantId) {
      await run('revoke', 'delete from entry where grant_id = $1', [grantId]);
    }
  };
}

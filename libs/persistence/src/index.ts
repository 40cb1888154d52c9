export { Administration } from './administration.js';
export type { AdministrationTransaction } from './administration.js';
export { Database } from './database.js';
export { openDatabase } from './open-database.js';
export { DatabaseInUse } from './sqlite/file-ownership.js';
export type { DatabaseOptions, OpenDatabase } from './open-database.js';
export { PersistenceModule } from './persistence.module.js';
export { ConditionFailed, statement, StoreUnavailable, WriteSet } from './write-set.js';
export type { SqlValue, Statement, Step } from './write-set.js';

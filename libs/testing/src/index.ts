export { createPlace, describeDatabases, describeEngines } from './databases.js';
export type { DatabasePlace, Engine } from './databases.js';
export { fullScans } from './full-scans.js';
export { whileHolding } from './held-row.js';
export { commits, race, winners, write } from './outcomes.js';
export { SetClock } from './set-clock.js';
export { sharedReadsContract } from './shared-reads.js';
export type { RememberedLookUp } from './shared-reads.js';
export { WatchedDatabase } from './watched-database.js';

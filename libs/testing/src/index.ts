export { createPlace, describeDatabases, describeEngines } from './databases.js';
export type { DatabasePlace, Engine } from './databases.js';
export { fullScans } from './full-scans.js';
export { whileHolding } from './held-row.js';
export { commits, race, winners, write } from './outcomes.js';

export type * from './job.js';
export type * from './tokens.js';
export type { ListAnswer } from '@valetkey/owner-contract';

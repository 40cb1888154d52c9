export type * from './client.js';
export type * from './job.js';
export type * from './resource-server.js';
export type * from './tokens.js';
export type * from './wording.js';
export type { ListAnswer } from '@valetkey/owner-contract';

export type * from './job.js';
export type { ListAnswer } from '@valetkey/owner-contract';

export type * from './access.js';
export type * from './answer.js';
export type * from './handover.js';
export type * from './request.js';
export type * from './resource.js';
export type * from './scope.js';
export type * from './session.js';
export type * from './subject.js';

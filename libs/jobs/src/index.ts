export type { ErrorClass } from './error-class.js';
export { InProcessJobRunner } from './job-runner.service.js';
export type { Failing, JobDefinition, JobReport, JobState } from './job-runner.service.js';
export { lateSince } from './late-since.js';

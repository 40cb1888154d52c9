export { InProcessJobRunner } from './job-runner.service.js';
export type { JobDefinition, JobReport, JobState } from './job-runner.service.js';

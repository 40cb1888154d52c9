export { InProcessJobRunner } from './job-runner.service.js';
export type { JobDefinition, JobReport } from './job-runner.service.js';

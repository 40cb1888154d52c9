import type { INestApplicationContext, Type } from '@nestjs/common';
import { Suspension } from '@valetkey/authorizations';
import type { Config } from './config/config.js';
import { jobDefinitions } from './jobs.js';

const JOBS = {
  expireEvery: 1_000,
  expireBatch: 10,
  keepEnded: 1_000,
  keepActivity: 1_000,
  rotateCheckEvery: 1_000,
  notifyEvery: 200,
  healthEvery: 1_000,
};

describe('the list of jobs', () => {
  it('follows who was disabled or enabled, at least once a minute', async () => {
    const seen: AbortSignal[] = [];
    const suspension = { look: async (stopping: AbortSignal) => void seen.push(stopping) };
    const get = (type: Type) => (type === Suspension ? suspension : {});
    const jobs = jobDefinitions({ get } as INestApplicationContext, { jobs: JOBS } as Config);
    const job = jobs.find(({ name }) => name === 'suspend');
    const { signal } = new AbortController();
    await job?.run(signal);
    expect([seen, (job?.every ?? Infinity) <= 60_000]).toEqual([[signal], true]);
  });

  it('looks for notices as often as the operator says', () => {
    const jobs = jobDefinitions({ get: () => ({}) } as unknown as INestApplicationContext, { jobs: JOBS } as Config);
    expect(jobs.find(({ name }) => name === 'send_notices')?.every).toBe(200);
  });
});

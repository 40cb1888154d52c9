import type { INestApplicationContext, Type } from '@nestjs/common';
import { Suspension } from '@valetkey/authorizations';
import type { Config } from './config/config.js';
import { jobDefinitions } from './jobs.js';

const JOBS = { expireEvery: 1_000, expireBatch: 10, keepEnded: 1_000, rotateCheckEvery: 1_000 };

describe('the list of jobs', () => {
  it('follows who was disabled or enabled, at least once a minute', async () => {
    let followed = 0;
    const suspension = { follow: async () => void (followed += 1) };
    const get = (type: Type) => (type === Suspension ? suspension : {});
    const jobs = jobDefinitions({ get } as INestApplicationContext, { jobs: JOBS } as Config);
    const job = jobs.find(({ name }) => name === 'suspend');
    await job?.run(new AbortController().signal);
    expect([followed, (job?.every ?? Infinity) <= 60_000]).toEqual([1, true]);
  });
});

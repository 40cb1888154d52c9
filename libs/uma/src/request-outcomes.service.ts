import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { AccessRequest } from './domain/access-request.js';
import type { RequestOutcome } from './domain/request-outcome.js';
import { outcomeOf } from './domain/request-outcome.js';
import { PolicyStore } from './persistence/policy.store.js';

/** What became of requests, as it is now. */
@Injectable()
export class RequestOutcomes {
  constructor(
    private readonly policies: PolicyStore,
    private readonly clock: Clock,
  ) {}

  async of(request: AccessRequest): Promise<RequestOutcome> {
    const now = this.clock.now();
    const resources = request.state === 'approved' ? request.permissions : [];
    const policies = await Promise.all(resources.map(({ resourceId }) => this.policies.notOver(resourceId, now)));
    return outcomeOf(request, policies.flat(), now);
  }
}

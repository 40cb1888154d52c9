import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Policy } from './domain/policy.js';
import type { PolicyDraft, PolicyProblem } from './owner-policies.service.js';
import { OwnerPolicies } from './owner-policies.service.js';

const MOST_ATTEMPTS = 10;

/** Shares several resources with one holder: all of it or nothing. */
@Injectable()
export class OwnerShares {
  constructor(
    private readonly policies: OwnerPolicies,
    private readonly database: Database,
  ) {}

  /** @param resourceIds - each once */
  async create(
    owner: OwnerId,
    resourceIds: readonly string[],
    terms: Omit<PolicyDraft, 'resourceId'>,
  ): Promise<Policy[] | PolicyProblem> {
    // In one order everywhere, so that two of these never wait for each other's resources.
    const ordered = [...resourceIds].sort();
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const writes = new WriteSet();
      const made: Policy[] = [];
      for (const resourceId of ordered) {
        const policy = await this.policies.prepare(writes, owner, { ...terms, resourceId }, null);
        if (typeof policy === 'string') return policy;
        made.push(policy);
      }
      if (await this.database.tryCommit(writes)) return made;
    }
    return 'not_found';
  }
}

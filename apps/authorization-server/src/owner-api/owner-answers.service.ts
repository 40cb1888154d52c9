import { Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import type { Policy } from '@valetkey/uma';
import { isoText } from './iso-text.js';

/** Turns policies into what an owner reads: instants in ISO form. */
@Injectable()
export class OwnerAnswers {
  policy(policy: Policy): unknown {
    return {
      id: policy.id,
      resource_id: policy.resourceId,
      subject: subjectAnswer(policy),
      client_id: policy.clientId ?? undefined,
      scopes: policy.scopes,
      not_before: isoText(policy.notBefore),
      expires_at: isoText(policy.expiresAt),
      max_claims_age: seconds(policy.maxClaimsAge),
      min_acr: policy.minAcr ?? undefined,
      max_auth_age: seconds(policy.maxAuthAge),
      created_at: isoText(policy.createdAt),
      updated_at: isoText(policy.updatedAt),
    };
  }
}

function seconds(duration: Duration | null): number | undefined {
  return duration === null ? undefined : duration / 1000;
}

function subjectAnswer({ subject }: Policy): unknown {
  return subject.type === 'account' ? { type: 'account', account_id: subject.accountId } : subject;
}

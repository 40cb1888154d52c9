import { Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import { AuthorizationStore, KeptConsentStore, rootAuthorization } from '@valetkey/authorizations';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { newId } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { RemovedConsent } from './domain/removed-access.js';

/** Why a consent cannot come back: the application has something by her consent again, or it is gone or rests. */
export type ConsentProblem = 'over' | 'holder_rests';

/** Gives an application again what an owner ended: a record of its own that says the same, and under which no token lives yet. */
@Injectable()
export class ConsentsGivenBack {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly consents: KeptConsentStore,
    private readonly activity: ActivityStore,
  ) {}

  /** Adds the new record; fails as a condition when the application gets another, or is suspended, meanwhile. @returns its id */
  async prepare(
    writes: WriteSet,
    owner: OwnerId,
    { record, again }: RemovedConsent,
    now: Instant,
  ): Promise<{ readonly id: string } | ConsentProblem> {
    if (!again || (await this.authorizations.findOpen(again.partyKey))) return 'over';
    const { clientId, scopes, expiresAt } = record;
    if (!(await this.consents.mayHold(clientId))) return 'holder_rests';
    const id = newId('g');
    const fields = { id, origin: 'client', owner, clientId, partyKey: again.partyKey, scopes, expiresAt } as const;
    const given = rootAuthorization(fields, now);
    this.authorizations.guardGround(writes, given);
    this.consents.guardHolder(writes, clientId);
    this.authorizations.insert(writes, given);
    this.consents.insert(writes, id, again.consent, now);
    this.activity.note(writes, {
      ...{ owner, at: now, kind: 'given_back', actor: owner, holder: `client:${clientId}`, clientId, scopes },
      accessId: `grant:${id}`,
      ...(expiresAt !== null && { endsAt: expiresAt }),
    });
    return { id };
  }
}

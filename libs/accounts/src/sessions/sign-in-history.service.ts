import { Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import { SecurityEvents } from '@valetkey/audit';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';

/** What a person reads of her sign-ins. `signed_out`: at this browser, by herself; the others end sessions from elsewhere. */
export type SignInMoment = 'signed_in' | 'signed_out' | 'session_ended' | 'sessions_ended';

/** Sign-ins and their ends: a line for the person in the write-set of each, and a word in the log once it is durable. */
@Injectable()
export class SignInHistory {
  constructor(
    private readonly activity: ActivityStore,
    private readonly events: SecurityEvents,
  ) {}

  tell(writes: WriteSet, accountId: string, kind: SignInMoment, at: Instant): void {
    const owner = `account:${accountId}`;
    this.activity.note(writes, { owner, at, kind, actor: owner });
  }

  record(event: 'session_begun' | 'session_ended' | 'sessions_ended', accountId: string, session?: string): void {
    this.events.record({ event, accountId, ...(session !== undefined && { reference: session }) });
  }
}

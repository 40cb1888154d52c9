import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { SessionClientStore } from '@valetkey/accounts';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { Consented, ConsentGiven } from '@valetkey/oauth';
import { Consents } from '@valetkey/oauth';
import type { WriteSet } from '@valetkey/persistence';

/** Whom a person in a session answers. */
export interface InSession {
  readonly client: Client;
  readonly session: Session;
}

/** What a person gives, signed in. */
export interface GivenInSession extends Omit<ConsentGiven, 'accountId' | 'client'>, InSession {
  /** What comes of it is not of her session, whose end concerns nobody then. */
  readonly isApart?: boolean;
}

/** Consent as it is given in a session: by nobody whose session has just ended. */
@Injectable()
export class GivenConsents {
  constructor(
    private readonly consents: Consents,
    private readonly sessionClients: SessionClientStore,
  ) {}

  /** Adds all of it; fails as a condition when the record changed or the session ended meanwhile. @returns the record as it will be */
  async give(
    writes: WriteSet,
    { session, isApart = false, ...given }: GivenInSession,
    now: Instant,
  ): Promise<AuthorizationRecord> {
    this.relyOnSession(writes, { session, client: given.client }, { isApart, now });
    return this.consents.give(writes, { accountId: session.accountId, ...given }, now);
  }

  /** Rests on what she gave before; fails as a condition when that or the session ended meanwhile. @returns its record */
  rely(writes: WriteSet, before: Consented, by: InSession, now: Instant): AuthorizationRecord {
    this.relyOnSession(writes, by, { isApart: false, now });
    return this.consents.rely(writes, before, now);
  }

  /** Whether what she gave the client rests, so that nothing can be added to it. */
  isSuspended({ session, client }: InSession): Promise<boolean> {
    return this.consents.isSuspended(session.accountId, client.id);
  }

  private relyOnSession(
    writes: WriteSet,
    { session, client: { id, metadata } }: InSession,
    { isApart, now }: { readonly isApart: boolean; readonly now: Instant },
  ): void {
    // Whoever learns of the session learns of its end, if it wants to.
    const listener = isApart || metadata.backchannelLogoutUri === null ? undefined : id;
    this.sessionClients.rely(writes, session, { listener, now });
  }
}

import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { SessionClientStore } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { AuthorizationRequest } from '@valetkey/oauth';
import { AuthorizationCodes, Consents } from '@valetkey/oauth';
import type { WriteSet } from '@valetkey/persistence';

/** What a person gives. */
export interface Given {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: Session;
  /** What she allows of what was asked. */
  readonly scopes: readonly string[];
}

/** Consent, the code for it, and who has to hear of the session's end. */
@Injectable()
export class ConsentedCodes {
  constructor(
    private readonly consents: Consents,
    private readonly codes: AuthorizationCodes,
    private readonly sessionClients: SessionClientStore,
  ) {}

  /** Adds all of it; fails as a condition when one of them changed meanwhile. @returns the code */
  async issue(writes: WriteSet, { request, client, session, scopes }: Given, now: Instant): Promise<string> {
    const record = await this.consents.give(writes, { accountId: session.accountId, client, request, scopes }, now);
    // Whoever learns of the session learns of its end, if it wants to.
    if (client.metadata.backchannelLogoutUri !== null) this.sessionClients.note(writes, session, client.id, now);
    return this.codes.issue(writes, { request: { ...request, scopes }, client, record, session });
  }
}

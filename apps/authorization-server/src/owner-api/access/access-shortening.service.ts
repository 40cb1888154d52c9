import { Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AccessEntry } from './access-entry.js';

/** Gives what an application holds by consent an earlier end: all tokens under it are over then, whatever they said of themselves. */
@Injectable()
export class AccessShortening {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly activity: ActivityStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns false when it changed or ended meanwhile
   * @throws OAuthError invalid_request for a share, whose end is changed as a share, for an end that has passed, and for one that is no nearer
   */
  async shorten(owner: OwnerId, { id, consent, until }: AccessEntry, end: Instant): Promise<boolean> {
    const now = this.clock.now();
    if (!consent || end <= now) throw new OAuthError('invalid_request', 'share_malformed');
    if (until !== null && end >= until) throw new OAuthError('invalid_request', 'not_shorter');
    const writes = new WriteSet();
    this.authorizations.narrowEnd(writes, { id: consent.id, owner }, end);
    const { clientId, scopes } = consent;
    this.activity.note(writes, {
      ...{ owner, at: now, kind: 'changed', actor: owner, holder: `client:${clientId}`, clientId, scopes },
      ...{ accessId: id, endsAt: end },
    });
    return this.database.tryCommit(writes);
  }
}

import { Injectable } from '@nestjs/common';
import { ActivityRecorder } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { OwnerConsentsStore, OwnerEndStore } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { ShareListStore } from '@valetkey/uma';
import type { AccessEntry } from './access-entry.js';
import { entryOfConsent, entryOfShare } from './access-entry.js';
import { isOverruled } from './overruled-share.js';

/** Which of them: those on one resource, or those of one holder. */
export interface EntriesWanted {
  readonly resourceId?: string | undefined;
  readonly holder?: string | undefined;
}

/** All access to an owner's things, however it was made: her shares, and what she consented to at applications. */
@Injectable()
export class AccessEntries {
  constructor(
    private readonly shares: ShareListStore,
    private readonly consents: OwnerConsentsStore,
    private readonly ends: OwnerEndStore,
    private readonly recorder: ActivityRecorder,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, { resourceId, holder }: EntriesWanted = {}): Promise<AccessEntry[]> {
    const [now, pending] = [this.clock.now(), this.recorder.pendingUses()];
    const shares =
      resourceId === undefined
        ? await this.shares.ofOwner(owner, now)
        : await this.shares.ofResource(owner, resourceId, now);
    const consents = resourceId === undefined ? await this.consents.all(owner, now) : [];
    const ends = await this.ends.ofOwner(owner);
    const entries = [
      ...shares.map((share) => entryOfShare(share, pending.get(`share:${share.id}`), isOverruled(owner, share, ends))),
      ...consents.map((consent) => entryOfConsent(consent, pending.get(`grant:${consent.id}`))),
    ];
    return holder === undefined ? entries : entries.filter((entry) => entry.holder === holder);
  }

  /** `undefined` for none, one that is over, and another owner's. */
  async find(owner: OwnerId, accessId: string): Promise<AccessEntry | undefined> {
    const [, kind, id = ''] = /^(share|grant):(.+)$/.exec(accessId) ?? [];
    const [now, pending] = [this.clock.now(), this.recorder.pendingUses().get(accessId)];
    if (kind === 'share') {
      const share = await this.shares.find(owner, id, now);
      return share && entryOfShare(share, pending, isOverruled(owner, share, await this.ends.ofOwner(owner)));
    }
    const consent = kind === 'grant' ? await this.consents.find(owner, id, now) : undefined;
    return consent && entryOfConsent(consent, pending);
  }
}

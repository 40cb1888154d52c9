import type { EndsOfOwner, OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { ListedShare, PolicySubject } from '@valetkey/uma';
import { partyKeyOf, personOf } from '@valetkey/uma';

type RuledShare = Pick<ListedShare, 'subject' | 'clientId' | 'resourceServerId' | 'updatedAt'>;

/**
 * When the owner ended, since she made or changed the share, what its holder had by it through the only application that may use
 * it, or `undefined`: she is asked again then, whatever the share says. One that other applications may use still opens something.
 */
export function overruledAt(owner: OwnerId, share: RuledShare, ends: EndsOfOwner): Instant | undefined {
  const { subject, clientId, resourceServerId, updatedAt } = share;
  if (clientId === null || resourceServerId === null) return undefined;
  const person = personNamedBy(subject);
  if (subject.type !== 'client' && person === undefined) return undefined;
  const endedAt =
    person === undefined
      ? ends.ofClient(resourceServerId, clientId)
      : ends.ofKey(partyKeyOf(owner, resourceServerId, clientId, person));
  return endedAt !== undefined && updatedAt <= endedAt ? endedAt : undefined;
}

/** Whether it opens nothing, though it stands there: {@link overruledAt}. */
export function isOverruled(owner: OwnerId, share: RuledShare, ends: EndsOfOwner): boolean {
  return overruledAt(owner, share, ends) !== undefined;
}

function personNamedBy(subject: PolicySubject): string | undefined {
  if (subject.type === 'account') return personOf({ issuer: '', subject: '', accountId: subject.accountId });
  return subject.type === 'partner' ? personOf(subject) : undefined;
}

import type { EndsOfOwner, OwnerId } from '@valetkey/authorizations';
import type { ListedShare, PolicySubject } from '@valetkey/uma';
import { partyKeyOf, personOf } from '@valetkey/uma';

/**
 * Whether the owner ended, since she made or changed the share, what its holder had by it through the only application that may use
 * it: she is asked again then, whatever the share says. One that other applications may use still opens something.
 */
export function isOverruled(owner: OwnerId, share: ListedShare, ends: EndsOfOwner): boolean {
  const { subject, clientId, resourceServerId, updatedAt } = share;
  if (clientId === null || resourceServerId === null) return false;
  const person = personNamedBy(subject);
  if (subject.type !== 'client' && person === undefined) return false;
  const endedAt =
    person === undefined
      ? ends.ofClient(resourceServerId, clientId)
      : ends.ofKey(partyKeyOf(owner, resourceServerId, clientId, person));
  return endedAt !== undefined && updatedAt <= endedAt;
}

function personNamedBy(subject: PolicySubject): string | undefined {
  if (subject.type === 'account') return personOf({ issuer: '', subject: '', accountId: subject.accountId });
  return subject.type === 'partner' ? personOf(subject) : undefined;
}

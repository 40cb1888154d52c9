import type { Instant } from '@valetkey/kernel';
import type { InvitationView } from '@valetkey/owner-contract';
import type { Invitation } from '@valetkey/uma';
import { invitationState } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';

/** An invitation as its owner reads it. */
export function invitationView(invitation: Invitation, words: ConsoleWords, now: Instant): InvitationView {
  const { accountId, note } = invitation;
  const [from, until] = [isoText(invitation.notBefore), isoText(invitation.expiresAt)];
  const mailed = isoText(invitation.mailedAt);
  return {
    ...{ id: invitation.id, address: invitation.address, state: invitationState(invitation, now) },
    resources: invitation.resourceIds.map((id) => words.resource(id)),
    scopes: words.scopes(invitation.scopes),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(note !== null && { note }),
    invited_at: isoText(invitation.createdAt) ?? '',
    ...(mailed !== undefined && { mailed_at: mailed }),
    ends_at: isoText(invitation.endsAt) ?? '',
    ...(accountId !== null && { accepted_by: words.subjects.account(accountId) }),
  };
}

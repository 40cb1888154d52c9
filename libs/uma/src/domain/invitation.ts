import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { InvitationState } from '@valetkey/owner-contract';

/** For so long somebody may accept. */
export const INVITATION_LIFETIME = 7 * 86_400_000;

/** So many of an owner's wait at most. */
export const MOST_WAITING_INVITATIONS = 20;

/** An owner offers a share to whoever signs in by the link that goes to an address. */
export interface Invitation {
  readonly id: string;
  readonly owner: OwnerId;
  /** As {@link emailAddress} has it. */
  readonly address: string;
  readonly resourceIds: readonly string[];
  readonly scopes: readonly string[];
  /** Of the share. */
  readonly notBefore: Instant | null;
  /** Of the share; `null`: no end. */
  readonly expiresAt: Instant | null;
  readonly note: string | null;
  /** As it was written down: {@link invitationState} knows the time. */
  readonly state: Exclude<InvitationState, 'expired'>;
  /** Who accepted it. */
  readonly accountId: string | null;
  /** `null`: the mail is still to be sent. */
  readonly mailedAt: Instant | null;
  readonly createdAt: Instant;
  /** When its link stops working, or stopped. */
  readonly endsAt: Instant;
}

/** What an owner offers, and to which address. */
export type InvitationDraft = Pick<
  Invitation,
  'address' | 'resourceIds' | 'scopes' | 'notBefore' | 'expiresAt' | 'note'
>;

export function invitationState(
  { state, endsAt }: Pick<Invitation, 'state' | 'endsAt'>,
  now: Instant,
): InvitationState {
  return state === 'waiting' && now >= endsAt ? 'expired' : state;
}

/** When a link that is made now stops working: nobody accepts what would be over. */
export function invitationEnd({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: Instant): Instant {
  return Math.min(now + INVITATION_LIFETIME, expiresAt ?? Number.POSITIVE_INFINITY);
}

/** What a relay takes as one address, without comments and quotes; a host of at least two labels. */
const ADDRESS =
  /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$/;
const LONGEST = 254;

/** An e-mail address in one spelling: a mailbox as it was written, its host in small letters; `undefined` for what is none. */
export function emailAddress(text: string): string | undefined {
  const [address, mailbox = '', host = ''] = ADDRESS.exec(text.trim()) ?? [];
  return address === undefined || address.length > LONGEST ? undefined : `${mailbox}@${host.toLowerCase()}`;
}

import type { DirectoryEntry, InvitationDraft, SessionView, ShareDraft } from '@valetkey/owner-contract';

const PREFIX = 'invite:';
/** Whole enough to be offered; the server looks closer. */
const ADDRESS = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]+\.[^\s@.<>(),;:"[\]\\]{2,63}$/u;

/** Who may be invited instead, where a search for these words found nobody; `undefined` where nobody may, or they are no address, or her own. */
export function invitable(
  words: string,
  { sharing, person }: Pick<SessionView, 'sharing' | 'person'>,
): DirectoryEntry | undefined {
  const address = words.trim();
  const isOwn = address.toLowerCase() === person.email?.toLowerCase();
  if (!sharing.invitations || isOwn || !ADDRESS.test(address)) return undefined;
  return { kind: 'person', id: PREFIX + address, name: address, short_name: address, verification: 'none' };
}

/** The address of whoever is invited; `undefined` for everybody who is known here. */
export function invitedAddress(who: Pick<DirectoryEntry, 'id'> | null): string | undefined {
  return who?.id.startsWith(PREFIX) ? who.id.slice(PREFIX.length) : undefined;
}

/** The same offered to an address. */
export function invitationOf(draft: ShareDraft, address: string): InvitationDraft {
  const { resource_ids, scopes, from, until, note } = draft;
  const more = { ...(from !== undefined && { from }), ...(note !== undefined && { note }) };
  return { address, resource_ids, scopes, until, ...more };
}

import { randomUUID } from 'node:crypto';
import type { OwnerId } from '@valetkey/authorizations';
import { issueOpaque } from '@valetkey/kernel';
import type { OpenDatabase } from '@valetkey/persistence';
import { race, SetClock, write } from '@valetkey/testing';
import type { Invitation, InvitationDraft } from '@valetkey/uma';
import { INVITATION_LIFETIME, invitationState, UmaExpiryStore } from '@valetkey/uma';
import { umaServices } from './uma-services.fixture.js';

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;
const MANY = { limit: 200 };
const BOB = { accountId: 'bob', name: 'Bob Baker' };
const nothingElse = () => undefined;

/** How invitations begin, are answered once, and are forgotten. */
export function invitationsContract(open: () => OpenDatabase): void {
  const at = (now: number) => umaServices(open().database, new SetClock(now));
  const newOwner = (): OwnerId => `account:${randomUUID()}`;
  const resourceOf = async (owner: OwnerId): Promise<string> => {
    const id = `r_${randomUUID()}`;
    const times = { version: 1, policyVersion: 1, createdAt: NOW, updatedAt: NOW };
    const about = { resourceServerId: 'photos', name: 'Album', description: {}, scopes: new Map([['view', 1]]) };
    await write(open().database, (writes) => at(NOW).resources.insert(writes, { id, owner, ...about, ...times }));
    return id;
  };
  const draftOf = (resourceId: string, more: Partial<InvitationDraft> = {}): InvitationDraft => ({
    ...{ address: 'maya@example.org', resourceIds: [resourceId], scopes: ['view'] },
    ...{ notBefore: null, expiresAt: NOW + 30 * DAY, note: 'for you', ...more },
  });
  const invited = async (owner: OwnerId, draft: InvitationDraft, now = NOW): Promise<Invitation> => {
    const made = await at(now).invitations.create(owner, draft);
    if (typeof made === 'string') throw new Error(made);
    return made;
  };
  /** As the job does before it sends the mail. */
  const linkOf = async (invitation: Invitation, now = NOW): Promise<string> => {
    const { key } = issueOpaque('il', now);
    expect(await at(now).invitationMails.take(invitation, key, { now, again: now + 1 })).toBe(true);
    return key;
  };
  const acceptanceOf = (hash: string, resourceId: string, by = BOB) => ({
    ...{ hash, by, given: [{ resourceId, scopes: ['view'] }] },
    window: { notBefore: null, expiresAt: NOW + 30 * DAY },
  });
  const sharesOf = async (owner: OwnerId) => (await at(NOW).policies.page(owner, MANY)).items;
  const linesOf = async (owner: OwnerId) => (await at(NOW).activity.page(owner, {}, MANY)).items;
  const ready = async () => {
    const owner = newOwner();
    const resourceId = await resourceOf(owner);
    const invitation = await invited(owner, draftOf(resourceId));
    return { owner, resourceId, invitation, hash: await linkOf(invitation) };
  };

  it('of ten who accept by one link at once one does, and one share is made', async () => {
    const { owner, resourceId, invitation, hash } = await ready();
    const outcomes = await race(10, (index) => {
      const by = { accountId: `guest-${index}`, name: `Guest ${index}` };
      return at(NOW + 5).invitations.accept(acceptanceOf(hash, resourceId, by), nothingElse);
    });
    expect(outcomes.filter((outcome) => typeof outcome !== 'string')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'over')).toHaveLength(9);
    const [share, ...others] = await sharesOf(owner);
    expect(others).toEqual([]);
    expect(share).toMatchObject({ note: 'for you', invitationId: invitation.id, expiresAt: NOW + 30 * DAY });
    const kept = await at(NOW).invitationStore.find(invitation.id, owner);
    const { accountId } = share?.subject as { accountId: string };
    expect(kept).toMatchObject({ state: 'accepted', accountId });
    const lines = (await linesOf(owner)).filter(({ kind }) => kind === 'invitation_accepted');
    expect(lines).toMatchObject([
      { actor: `account:${accountId}`, holder: `account:${accountId}`, invited: 'maya@example.org' },
    ]);
  });

  it('one who accepts while it is taken back or declined: one of the three, and no share without its acceptance', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { owner, resourceId, invitation, hash } = await ready();
      const outcomes = await race<unknown>(3, (index) => {
        const { invitations } = at(NOW + 5);
        if (index === 0) return invitations.accept(acceptanceOf(hash, resourceId), nothingElse);
        return index === 1 ? invitations.takeBack(owner, invitation.id) : invitations.decline(hash, nothingElse);
      });
      expect(outcomes.filter((outcome) => outcome !== 'over')).toHaveLength(1);
      const { state } = (await at(NOW).invitationStore.find(invitation.id, owner)) ?? {};
      expect(await sharesOf(owner)).toHaveLength(state === 'accepted' ? 1 : 0);
    }
  });

  it('the owner accepts nothing of her own, and it waits on', async () => {
    const { owner, resourceId, invitation, hash } = await ready();
    const herself = { accountId: owner.slice('account:'.length), name: 'Anna' };
    expect(await at(NOW).invitations.accept(acceptanceOf(hash, resourceId, herself), nothingElse)).toBe('over');
    expect(await at(NOW).invitationStore.find(invitation.id, owner)).toMatchObject({ state: 'waiting' });
  });

  it('nothing is used up where what is given is gone, nor where what is written with it fails', async () => {
    const { owner, resourceId, hash } = await ready();
    const gone = acceptanceOf(hash, `r_${randomUUID()}`);
    expect(await at(NOW).invitations.accept(gone, nothingElse)).toBe('changed');
    const fails = await at(NOW).invitations.accept(acceptanceOf(hash, resourceId), (writes) =>
      at(NOW).invitationStore.takeBack(writes, { id: 'none', owner }, NOW),
    );
    expect(fails).toBe('busy');
    expect(await sharesOf(owner)).toEqual([]);
    const made = await at(NOW).invitations.accept(acceptanceOf(hash, resourceId), nothingElse);
    expect(made).toHaveLength(1);
  });

  it('ends after seven days, or with what it offers, at the very millisecond', async () => {
    const owner = newOwner();
    const resourceId = await resourceOf(owner);
    const long = await invited(owner, draftOf(resourceId, { expiresAt: null }));
    const short = await invited(owner, draftOf(resourceId, { expiresAt: NOW + DAY }));
    expect([long.endsAt, short.endsAt]).toEqual([NOW + INVITATION_LIFETIME, NOW + DAY]);
    const hash = await linkOf(short);
    expect(await at(NOW + DAY - 1).invitationStore.ofLink(hash, NOW + DAY - 1)).toMatchObject({ id: short.id });
    expect(await at(NOW + DAY).invitations.accept(acceptanceOf(hash, resourceId), nothingElse)).toBe('over');
    expect(await at(NOW + DAY).invitations.takeBack(owner, short.id)).toBe('over');
    expect(invitationState(short, NOW + DAY)).toBe('expired');
  });

  it('twenty of an owner wait, however many are made at once; each that ends makes room', async () => {
    const owner = newOwner();
    const resourceId = await resourceOf(owner);
    const outcomes: unknown[] = [];
    for (let round = 0; round < 5; round += 1) {
      outcomes.push(...(await race(6, () => at(NOW).invitations.create(owner, draftOf(resourceId)))));
    }
    const made = outcomes.filter((outcome) => typeof outcome !== 'string') as Invitation[];
    expect((await at(NOW).invitationStore.pageOfWaiting(owner, MANY, NOW)).items).toHaveLength(made.length);
    while (made.length < 20) made.push(await invited(owner, draftOf(resourceId)));
    expect(made).toHaveLength(20);
    expect(await at(NOW).invitations.create(owner, draftOf(resourceId))).toBe('too_many');
    expect(await at(NOW).invitations.takeBack(owner, made[3]?.id ?? '')).toBe('taken_back');
    await invited(owner, draftOf(resourceId));
    expect(await at(NOW).invitations.create(owner, draftOf(resourceId))).toBe('too_many');
    // Those that are over by themselves are in nobody's way.
    await invited(owner, draftOf(resourceId), NOW + INVITATION_LIFETIME);
  });

  it('offers nothing of others, and nothing that is not registered', async () => {
    const [owner, other] = [newOwner(), newOwner()];
    const [hers, foreign] = [await resourceOf(owner), await resourceOf(other)];
    const { invitations } = at(NOW);
    expect(await invitations.create(owner, draftOf(foreign))).toBe('not_found');
    expect(await invitations.create(owner, draftOf(hers, { resourceIds: [hers, foreign] }))).toBe('not_found');
    expect(await invitations.create(owner, draftOf(hers, { scopes: ['view', 'print'] }))).toBe('scope_unknown');
    expect(await linesOf(owner)).toEqual([]);
    const invitation = await invited(owner, draftOf(hers));
    expect(await invitations.takeBack(other, invitation.id)).toBe('not_found');
    expect(await at(NOW).invitationStore.find(invitation.id, other)).toBeUndefined();
  });

  it('its mail is taken by one of five servers, again when it was not sent, and with another link', async () => {
    const owner = newOwner();
    const invitation = await invited(owner, draftOf(await resourceOf(owner)));
    const { invitationMails: mails, invitationStore: store } = at(NOW);
    const isDue = async (now: number) => (await mails.due(now, 1_000)).some(({ id }) => id === invitation.id);
    const keys = Array.from({ length: 5 }, () => issueOpaque('il', NOW).key);
    const took = await race(5, (index) =>
      at(NOW).invitationMails.take(invitation, keys[index] ?? '', { now: NOW, again: NOW + 100 }),
    );
    expect(took.filter(Boolean)).toHaveLength(1);
    const first = keys[took.indexOf(true)] ?? '';
    expect([await isDue(NOW + 99), await isDue(NOW + 100)]).toEqual([false, true]);
    const second = issueOpaque('il', NOW).key;
    expect(await mails.take(invitation, second, { now: NOW + 100, again: NOW + 200 })).toBe(true);
    expect(await store.ofLink(first, NOW + 100)).toBeUndefined();
    // The one before was sent after all, but too late: its link works no more.
    await mails.mailed(invitation, first, NOW + 101);
    expect(await isDue(NOW + 200)).toBe(true);
    await mails.mailed(invitation, second, NOW + 201);
    expect(await isDue(NOW + DAY)).toBe(false);
    expect(await store.ofLink(second, NOW + 202)).toMatchObject({ mailedAt: NOW + 201 });
  });

  it('a stop of everything takes back what waits, and a stop of one holder does not', async () => {
    const { owner, invitation } = await ready();
    await at(NOW).stopping.stop(owner, 'account:bob');
    const stateNow = async () => (await at(NOW).invitationStore.find(invitation.id, owner))?.state;
    expect(await stateNow()).toBe('waiting');
    await at(NOW).stopping.stop(owner, null);
    expect(await stateNow()).toBe('taken_back');
  });

  it('is kept for seven days after its end, and no longer', async () => {
    const { owner, invitation } = await ready();
    await at(NOW).invitations.takeBack(owner, invitation.id);
    const expiry = new UmaExpiryStore(open().database);
    await expiry.expire(NOW + 7 * DAY - 1, 1_000);
    expect(await at(NOW).invitationStore.find(invitation.id, owner)).toBeDefined();
    await expiry.expire(NOW + 7 * DAY, 1_000);
    expect(await at(NOW).invitationStore.find(invitation.id, owner)).toBeUndefined();
  });
}

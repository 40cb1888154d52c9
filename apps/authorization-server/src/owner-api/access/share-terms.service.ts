import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import { OAuthError } from '@valetkey/oauth';
import type { ShareDraft } from '@valetkey/owner-contract';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { PolicyDraft, PolicySubject } from '@valetkey/uma';
import { holderOf } from '@valetkey/uma';
import { DescribedScopes } from '../wording/described-scopes.service.js';
import { NamedHolders } from '../directory/named-holders.service.js';
import { AccessEntries } from './access-entries.service.js';
import { SharingWindow } from './sharing-window.service.js';

type Holder = Pick<PolicyDraft, 'subject' | 'clientId' | 'subjectName'>;

/** Checks what an owner wants to share against what the operator allows, and finds whom she means. */
@Injectable()
export class ShareTerms {
  constructor(
    private readonly window: SharingWindow,
    private readonly described: DescribedScopes,
    private readonly persons: Persons,
    private readonly clients: ClientRegistry,
    private readonly entries: AccessEntries,
    private readonly named: NamedHolders,
  ) {}

  /** @throws OAuthError invalid_request for an end that is missing, past or too late, and for nobody */
  async of(owner: OwnerId, draft: ShareDraft, bySession: boolean): Promise<Omit<PolicyDraft, 'resourceId'>> {
    const changed = await this.changed(draft, bySession);
    const holder = await this.holder(owner, draft);
    return {
      ...holder,
      ...changed,
      maxClaimsAge: null,
      minAcr: null,
      maxAuthAge: null,
      ...(draft.note !== undefined && draft.note !== '' && { note: draft.note }),
    };
  }

  /**
   * What, and from when until when.
   * @param bySession - at a page of ours, where what is not described cannot be given
   * @throws OAuthError invalid_request as {@link of}, invalid_state scope_not_described
   */
  async changed(
    { scopes, from, until }: Pick<ShareDraft, 'scopes' | 'until'> & { readonly from?: string | undefined },
    bySession: boolean,
  ): Promise<Pick<PolicyDraft, 'scopes' | 'notBefore' | 'expiresAt'>> {
    if (bySession) await this.described.require(scopes);
    return { scopes, ...this.window.of({ from, until }, 'share_malformed') };
  }

  private async holder(owner: OwnerId, { subject, through }: ShareDraft): Promise<Holder> {
    const throughId = through === undefined ? null : await this.application(through);
    if (subject === owner) throw unknown();
    const id = subject.slice(subject.indexOf(':') + 1);
    if (subject.startsWith('client:')) {
      return { subject: { type: 'client' }, clientId: await this.application(subject) };
    }
    if (subject.startsWith('account:')) {
      await this.named.admit(owner, id);
      const person = await this.persons.find(id);
      if (person?.enabled !== true) throw unknown();
      return {
        subject: { type: 'account', accountId: id },
        clientId: throughId,
        subjectName: await this.named.nameOf(owner, person),
      };
    }
    return { ...(await this.known(owner, subject)), clientId: throughId };
  }

  private async application(handle: string): Promise<string> {
    const id = handle.replace(/^client:/, '');
    const client = handle.startsWith('client:') ? await this.clients.findEnabled(id) : undefined;
    // Without it nothing that is shared ever opens to it.
    if (client?.grantTypes.includes(GRANT_TYPE.umaTicket) !== true) throw unknown();
    return id;
  }

  /** Whom a partner names is known from what she has already, or from what she asked for. */
  private async known(
    owner: OwnerId,
    handle: string,
  ): Promise<{ readonly subject: PolicySubject; readonly subjectName?: string }> {
    const entry = (await this.entries.of(owner, { holder: handle })).find(({ share }) => share !== undefined);
    if (!entry?.share || holderOf(entry.share) !== handle) return this.asked(owner, handle);
    const { subject, subjectName } = entry.share;
    return { subject, ...(subjectName !== null && { subjectName }) };
  }

  private async asked(owner: OwnerId, handle: string): ReturnType<ShareTerms['known']> {
    const party = await this.named.partner(owner, handle);
    if (!party) throw unknown();
    const { issuer, subject, name = party.email } = party;
    return { subject: { type: 'partner', issuer, subject }, ...(name !== undefined && { subjectName: name }) };
  }
}

function unknown(): OAuthError {
  return new OAuthError('invalid_request', 'holder_unknown');
}

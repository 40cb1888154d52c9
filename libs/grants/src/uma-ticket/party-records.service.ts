import { Injectable } from '@nestjs/common';
import { AuthorizationStore, OwnerEndStore } from '@valetkey/authorizations';
import { partyKeyOf, partyOf, personOf } from '@valetkey/uma';
import type { Presentation, TicketProcess } from './ticket-process.js';

/** Who asks, and what she has, or had until its owner ended it. */
export type RecordsOfParty = Pick<TicketProcess, 'party' | 'partyKey' | 'living' | 'suspended' | 'ends'>;

/** Finds what a requesting party holds by a client of the owner of a ticket. */
@Injectable()
export class PartyRecords {
  constructor(
    private readonly authorizations: AuthorizationStore,
    private readonly ends: OwnerEndStore,
  ) {}

  /** What lives is read before the ends are: an end in between fails the guards on both ({@link AuthorizationStore.guardNotEnded}). */
  async of({ ticket, context, gathered }: Presentation): Promise<RecordsOfParty> {
    const { owner, resourceServerId } = ticket;
    const client = { owner, resourceServerId, clientId: context.client.id };
    const party = partyOf(gathered.evidence);
    const partyKey = partyKeyOf(owner, resourceServerId, client.clientId, party && personOf(party));
    const { open, clientEndedAt: ofClient } = await this.authorizations.findOpenAndEnd(partyKey, client);
    const [living, suspended] = open?.state === 'active' ? [open, undefined] : [undefined, open];
    const known = { partyKey, accountId: party?.accountId, identities: gathered.evidence };
    // What a party's records ended with is among the client's ends.
    const ofParty = ofClient === undefined ? undefined : await this.ends.ofParty(client, known);
    return { party, partyKey, living, suspended, ends: { ofParty, ofClient } };
  }
}

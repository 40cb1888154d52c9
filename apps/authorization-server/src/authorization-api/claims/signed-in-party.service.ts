import { Inject, Injectable } from '@nestjs/common';
import type { Person, Session } from '@valetkey/accounts';
import { Passwords, Persons } from '@valetkey/accounts';
import { ClaimsGathering } from '@valetkey/grants';
import { Clock } from '@valetkey/kernel';
import { WriteSet } from '@valetkey/persistence';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { ClaimSet } from '@valetkey/uma';
import { PageError } from '../../pages/http/page-error.js';
import type { Stand } from './claims-stand.service.js';
import type { Fact } from './given-claims.js';
import { FACTS, signInClaims } from './given-claims.js';

/** The requesting party as she signed in here. */
@Injectable()
export class SignedInParty {
  constructor(
    private readonly persons: Persons,
    private readonly passwords: Passwords,
    private readonly gathering: ClaimsGathering,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** @throws PageError when her account is disabled */
  async person({ accountId }: Session): Promise<Person> {
    const person = await this.persons.find(accountId);
    if (!person?.enabled) throw new PageError('not_allowed', 'account_disabled');
    return person;
  }

  async claims(session: Session, given: readonly Fact[]): Promise<ClaimSet> {
    const passwordSetAt = (await this.passwords.changedAt(session.accountId)) ?? null;
    const person = await this.person(session);
    return signInClaims(this.options.issuer, { person, session, passwordSetAt }, given);
  }

  /** A policy wants to hear from somebody who signed in later than she did: asked for once. */
  async isTooOld({ interaction, client, ticket }: Stand, session: Session): Promise<boolean> {
    if (session.authTime >= interaction.createdAt) return false;
    const now = this.clock.now();
    const present = await this.claims(session, FACTS);
    const context = { client, now, writes: new WriteSet() };
    return this.gathering.wouldOpenMore(ticket, [present, { ...present, obtainedAt: now }], context);
  }
}

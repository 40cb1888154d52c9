import { Inject, Injectable } from '@nestjs/common';
import type { Person, Session } from '@valetkey/accounts';
import { AccountStore, Persons } from '@valetkey/accounts';
import { ClaimsGathering } from '@valetkey/grants';
import { Clock } from '@valetkey/kernel';
import { WriteSet } from '@valetkey/persistence';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { ClaimSet } from '@valetkey/uma';
import { ReachableAcr } from '../../interaction/reachable-acr.service.js';
import { PageError } from '../../pages/http/page-error.js';
import type { Stand } from './claims-stand.service.js';
import type { Fact } from './given-claims.js';
import { FACTS, signInClaims } from './given-claims.js';

/** The requesting party as she signed in here. */
@Injectable()
export class SignedInParty {
  constructor(
    private readonly persons: Persons,
    private readonly accounts: AccountStore,
    private readonly gathering: ClaimsGathering,
    private readonly reachable: ReachableAcr,
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
    // Read after the session: `give` guards that, so it is of this generation or nothing is given.
    const generation = (await this.accounts.generationOf(session.accountId)) ?? 0;
    const person = await this.person(session);
    return signInClaims(this.options.issuer, { person, session, generation }, given);
  }

  /**
   * How she has to sign in for a policy that wants somebody who did so later or more surely than she; `undefined` where that
   * would open nothing more, or she cannot do better. A later sign-in is asked for once.
   */
  async neededSignIn(stand: Stand, session: Session): Promise<'again' | 'stronger' | undefined> {
    const now = this.clock.now();
    const said = await this.claims(session, FACTS);
    const present = session.authTime >= stand.interaction.createdAt ? { ...said, obtainedAt: now } : said;
    const surer = { ...present, acr: await this.reachable.of(session) };
    const best = { ...surer, obtainedAt: now };
    if (!(await this.opensMore(stand, [present, best]))) return undefined;
    return (await this.opensMore(stand, [surer, best])) ? 'again' : 'stronger';
  }

  /** Issuers that could say more about her than this server with all that she can give here. */
  async othersWhoKnow({ client, ticket }: Stand, session: Session): Promise<string[]> {
    const context = { client, now: this.clock.now(), writes: new WriteSet() };
    return this.gathering.othersWhoKnow(ticket, await this.claims(session, FACTS), context);
  }

  private opensMore({ client, ticket }: Stand, signIns: readonly [ClaimSet, ClaimSet]): Promise<boolean> {
    const context = { client, now: this.clock.now(), writes: new WriteSet() };
    return this.gathering.wouldOpenMore(ticket, signIns, context);
  }
}

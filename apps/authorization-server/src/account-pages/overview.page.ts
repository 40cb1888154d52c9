import { Inject, Injectable } from '@nestjs/common';
import { OneTimeCodes, Passkeys, Passwords, RecoveryCodes } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { accountView } from '../pages/views/account.view.js';
import { recoveryUrl } from './account-addresses.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** What there is, with a way to each part. */
@Injectable()
export class OverviewPage implements AccountPage {
  readonly page = '';
  readonly demand = 'session';

  constructor(
    private readonly passwords: Passwords,
    private readonly codes: OneTimeCodes,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { person, time, messages } = visit;
    const [changedAt, hasCodes, codesLeft, passkeys] = await Promise.all([
      this.passwords.changedAt(person.id),
      this.codes.isEnrolled(person.id),
      this.recoveryCodes.count(person.id),
      this.passkeys.list(person.id),
    ]);
    const { issuer } = this.config;
    const model = {
      time,
      account: person.username,
      ...(changedAt !== undefined && { passwordChangedAt: changedAt }),
      hasCodes,
      codesLeft,
      ...(this.passkeys.arePossible && { passkeys: passkeys.length }),
      urls: {
        password: changedAt === undefined ? recoveryUrl(issuer) : visit.url('password'),
        codes: visit.url('codes'),
        passkeys: visit.url('passkeys'),
        sessions: visit.url('sessions'),
        applications: visit.url('applications'),
        notices: visit.url('notices'),
        signOut: `${issuer}/sign-out`,
      },
    };
    return visit.show(accountView(model, messages));
  }
}

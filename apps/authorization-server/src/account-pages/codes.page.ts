import { Injectable } from '@nestjs/common';
import { OneTimeCodes, RecoveryCodes } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import { codeSettingsView } from '../pages/views/code-settings.view.js';
import { recoveryCodesView } from '../pages/views/recovery-codes.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** One-time codes: on or off, and the recovery codes that belong to them. */
@Injectable()
export class CodesPage implements AccountPage {
  readonly page = 'codes';
  readonly demand = 'surest';

  constructor(
    private readonly codes: OneTimeCodes,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { person, form, messages } = visit;
    const isOn = await this.codes.isEnrolled(person.id);
    const codesLeft = await this.recoveryCodes.count(person.id);
    const model = { form, account: person.username, isOn, codesLeft, accountUrl: visit.url('') };
    return visit.show(codeSettingsView(model, messages));
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const { person } = visit;
    const decision = form.get('decision');
    if (decision === 'begin') {
      await this.codes.begin(person.id, person.username);
      return visit.goTo('codes/app');
    }
    if (decision === 'renew' && (await this.codes.isEnrolled(person.id))) return this.renew(visit);
    if (decision === 'remove') {
      await this.codes.remove(person.id);
      await this.recoveryCodes.remove(person.id);
    }
    return visit.goTo('codes');
  }

  /** Shown in the answer itself, since they are kept as digests only. */
  private async renew(visit: AccountVisit): Promise<FastifyReply> {
    const { person, messages } = visit;
    const codes = await this.recoveryCodes.renew(person.id);
    return visit.show(recoveryCodesView({ account: person.username, codes, nextUrl: visit.url('codes') }, messages));
  }
}

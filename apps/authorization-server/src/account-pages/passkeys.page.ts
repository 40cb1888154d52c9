import { Injectable } from '@nestjs/common';
import { PasskeyRemoval, Passkeys } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import { passkeysView } from '../pages/views/passkeys.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Her passkeys, each with ways to rename and to remove it. */
@Injectable()
export class PasskeysPage implements AccountPage {
  readonly page = 'passkeys';
  readonly demand = 'surest';

  constructor(
    private readonly passkeys: Passkeys,
    private readonly removal: PasskeyRemoval,
  ) {}

  show(visit: AccountVisit): Promise<FastifyReply> {
    return this.list(visit, false);
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const outcome = await this.removal.remove(form.get('passkey') ?? '', visit.person.id, visit.session.id);
    return outcome === 'last' ? this.list(visit, true) : visit.goTo('passkeys');
  }

  private async list(visit: AccountVisit, isLast: boolean): Promise<FastifyReply> {
    const { person, form, time, messages } = visit;
    const passkeys = await this.passkeys.list(person.id);
    const urls = {
      addUrl: visit.url('passkeys/new'),
      renameUrl: visit.url('passkeys/name'),
      accountUrl: visit.url(''),
    };
    const model = { form, time, account: person.username, passkeys, isLast, ...urls };
    return visit.show(passkeysView(model, messages), isLast ? 400 : 200);
  }
}

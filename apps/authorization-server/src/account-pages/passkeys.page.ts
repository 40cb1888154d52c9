import { Injectable } from '@nestjs/common';
import { Passkeys } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import { passkeysView } from '../pages/views/passkeys.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Her passkeys, each with a way to remove it. */
@Injectable()
export class PasskeysPage implements AccountPage {
  readonly page = 'passkeys';
  readonly demand = 'surest';

  constructor(private readonly passkeys: Passkeys) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { person, form, time, messages } = visit;
    const passkeys = await this.passkeys.list(person.id);
    const urls = { addUrl: visit.url('passkeys/new'), accountUrl: visit.url('') };
    return visit.show(passkeysView({ form, time, account: person.username, passkeys, ...urls }, messages));
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    await this.passkeys.remove(form.get('passkey') ?? '', visit.person.id);
    return visit.goTo('passkeys');
  }
}

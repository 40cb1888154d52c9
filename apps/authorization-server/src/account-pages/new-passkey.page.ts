import { Injectable } from '@nestjs/common';
import { Passkeys } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import { passkeyAnswerOf } from '../interaction/passkey-answer.js';
import type { NewPasskeyModel } from '../pages/views/new-passkey.view.js';
import { newPasskeyView } from '../pages/views/new-passkey.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Makes a passkey: the one page here that needs a script. */
@Injectable()
export class NewPasskeyPage implements AccountPage {
  readonly page = 'passkeys/new';
  readonly demand = 'surest';

  constructor(private readonly passkeys: Passkeys) {}

  show(visit: AccountVisit): Promise<FastifyReply> {
    return this.ask(visit, {});
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const name = form.get('name')?.trim() ?? '';
    const passkey = await this.passkeys.register(visit.person, passkeyAnswerOf(form), name);
    return passkey ? visit.goTo('passkeys') : this.ask(visit, { name, refused: true });
  }

  private async ask(visit: AccountVisit, further: Pick<NewPasskeyModel, 'name' | 'refused'>): Promise<FastifyReply> {
    const { form, person, messages } = visit;
    const options = JSON.stringify(await this.passkeys.registrationOptions(person));
    const model = { form, options, cancelUrl: visit.url('passkeys'), ...further };
    return visit.show(newPasskeyView(model, messages), further.refused ? 400 : 200);
  }
}

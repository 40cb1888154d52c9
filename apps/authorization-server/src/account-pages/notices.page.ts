import { Injectable } from '@nestjs/common';
import { NoticeChoices } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import { noticesView } from '../pages/views/notices.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Which mails she gets: those about waiting requests can be switched off, those about her security cannot. */
@Injectable()
export class NoticesPage implements AccountPage {
  readonly page = 'notices';
  readonly demand = 'session';

  constructor(private readonly choices: NoticeChoices) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { person, form, messages } = visit;
    const isOn = await this.choices.wantsRequests(person.id);
    const model = { form, account: person.username, email: person.email, isOn, accountUrl: visit.url('') };
    return visit.show(noticesView(model, messages));
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const decision = form.get('decision');
    if (decision === 'on' || decision === 'off') await this.choices.chooseRequests(visit.person.id, decision === 'on');
    return visit.goTo('notices');
  }
}

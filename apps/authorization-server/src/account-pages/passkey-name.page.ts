import { Injectable } from '@nestjs/common';
import type { Passkey } from '@valetkey/accounts';
import { Passkeys } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import type { PasskeyNameModel } from '../pages/views/passkey-name.view.js';
import { passkeyNameView } from '../pages/views/passkey-name.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

/** Gives a passkey another name; the address says which one. */
@Injectable()
export class PasskeyNamePage implements AccountPage {
  readonly page = 'passkeys/name';
  readonly demand = 'surest';

  constructor(private readonly passkeys: Passkeys) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { passkey: id } = visit.http.query as Readonly<Record<string, unknown>>;
    const passkey = typeof id === 'string' ? await this.find(visit, id) : undefined;
    return passkey ? this.ask(visit, passkey) : visit.goTo('passkeys');
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const passkey = await this.find(visit, form.get('passkey') ?? '');
    if (!passkey) return visit.goTo('passkeys');
    const typed = form.get('name') ?? '';
    const problem = await this.passkeys.rename(passkey.id, visit.person.id, typed);
    if (problem !== undefined) return this.ask(visit, passkey, { problem, typed });
    return visit.goTo('passkeys');
  }

  /** One of hers, or none: of somebody else's she learns nothing (attack class 226). */
  private async find({ person }: AccountVisit, id: string): Promise<Passkey | undefined> {
    return (await this.passkeys.list(person.id)).find((passkey) => passkey.id === id);
  }

  private ask(
    { form: { action, hidden }, person, messages, url, show }: AccountVisit,
    { id, name: present }: Passkey,
    further: Pick<PasskeyNameModel, 'problem' | 'typed'> = {},
  ): FastifyReply {
    const form = { action, hidden: { ...hidden, passkey: id } };
    const model = { form, account: person.username, present, cancelUrl: url('passkeys'), ...further };
    return show(passkeyNameView(model, messages), further.problem === undefined ? 200 : 400);
  }
}

import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Sessions } from '@valetkey/accounts';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import type { ShownSession } from '../pages/views/sessions.view.js';
import { SESSIONS_AT_ONCE, sessionsView } from '../pages/views/sessions.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';
import { pageAt } from './list-page.js';

const COUNT = /^\d{1,3}$/;

/** Where she is signed in: ends one session, or all others. */
@Injectable()
export class SessionsPage implements AccountPage {
  readonly page = 'sessions';
  readonly demand = 'session';

  constructor(private readonly sessions: Sessions) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { http, person, session, form, time, messages } = visit;
    const ended = visit.told();
    const { items, next } = await pageAt(http.query, SESSIONS_AT_ONCE, (request) =>
      this.sessions.page(person.id, request),
    );
    const others = items.filter(({ id }) => id !== session.id).sort((one, other) => other.lastSeenAt - one.lastSeenAt);
    const model = {
      form,
      time,
      account: person.username,
      // The one she is in stands first, wherever it is in the list.
      sessions: [session, ...others].map((one) => shown(one, session)),
      ...(ended !== undefined && COUNT.test(ended) && { ended: Number(ended) }),
      ...(next !== undefined && { nextPageUrl: `${visit.url('sessions')}?cursor=${next}` }),
      links: [{ label: messages.account.back, url: visit.url('') }],
    };
    return visit.show(sessionsView(model, messages));
  }

  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const { person, session } = visit;
    const wanted = form.get('session');
    if (wanted === undefined) return visit.goTo('sessions');
    const ended =
      wanted === 'others'
        ? await this.sessions.endAll(person.id, session.id)
        : Number(await this.sessions.end(wanted, person.id));
    return visit.goTo('sessions', String(ended));
  }
}

function shown({ id, userAgent, address, authTime, lastSeenAt }: Session, current: Session): ShownSession {
  return { id, current: id === current.id, userAgent, address, signedInAt: authTime, lastSeenAt };
}

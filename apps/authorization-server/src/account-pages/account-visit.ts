import type { Person, Session } from '@valetkey/accounts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import type { TimeFrame } from '../pages/kit/dates.js';
import type { FormTarget, PageView } from '../pages/kit/page-view.js';
import type { Messages } from '../pages/messages/messages.js';
import type { AccountPageName } from './account-addresses.js';
import type { Demand } from './sign-in-demand.service.js';

/** A person at a page of her account, signed in as the page demands. */
export interface AccountVisit {
  readonly http: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: Session;
  readonly person: Person;
  readonly messages: Messages;
  readonly time: TimeFrame;
  /** The page's own form: posts to its own address, with what binds it to this browser, page and session. */
  readonly form: FormTarget;
  url(page: AccountPageName): string;
  show(view: PageView, status?: number): FastifyReply;
  /** What {@link goTo} left for this page, once: an address says nothing of what was done. */
  told(): string | undefined;
  /** After a form: to a page, so that reloading repeats nothing. `told`, of letters, digits and hyphens, is for that page to tell. */
  goTo(page: AccountPageName, told?: string): FastifyReply;
}

/** A page of the account: one address, shown by GET, and answering its own form by POST where it has one. */
export interface AccountPage {
  readonly page: AccountPageName;
  readonly demand: Demand;
  show(visit: AccountVisit): FastifyReply | Promise<FastifyReply>;
  submit?(visit: AccountVisit, form: FormValues): Promise<FastifyReply>;
}

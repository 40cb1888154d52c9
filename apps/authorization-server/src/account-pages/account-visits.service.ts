import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formOf } from '../http/plain-routes.js';
import { BrowserSession } from '../interaction/browser-session.service.js';
import { InteractionStarter } from '../interaction/interaction-starter.service.js';
import { BrowserBinding } from '../pages/http/browser-binding.service.js';
import type { AccountContent } from './account.interaction.js';
import { ACCOUNT } from './account.interaction.js';
import type { AccountPage } from './account-visit.js';
import { AccountVisitMaker, purposeOf } from './account-visit-maker.service.js';
import { SignInDemand } from './sign-in-demand.service.js';

/** Lets people in to the pages of their account, by way of a sign-in where the page demands one. */
@Injectable()
export class AccountVisits {
  constructor(
    private readonly session: BrowserSession,
    private readonly demand: SignInDemand,
    private readonly starter: InteractionStarter,
    private readonly binding: BrowserBinding,
    private readonly maker: AccountVisitMaker,
  ) {}

  async show(page: AccountPage, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const session = await this.session.of(http);
    if (!session || (await this.demand.missing(session, page.demand))) return this.signIn(page, http, reply);
    return page.show(await this.maker.make(page, session, http, reply));
  }

  /** @throws PageError 403 for a form that is not from this page, in this browser and session; nothing has been done then */
  async submit(page: AccountPage, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    this.binding.checkOrigin(http);
    const session = await this.session.of(http);
    // Nothing is done for a session that has ended: she signs in, and finds the page again.
    if (!session) return this.signIn(page, http, reply);
    this.binding.check(http, purposeOf(page, session));
    if (await this.demand.missing(session, page.demand)) return this.signIn(page, http, reply);
    const visit = await this.maker.make(page, session, http, reply);
    return page.submit ? page.submit(visit, formOf(http)) : page.show(visit);
  }

  private signIn({ page, demand }: AccountPage, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const content: AccountContent = { page, demand };
    return this.starter.begin(ACCOUNT, content, { http, reply });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ConsentPage } from '../../authorization-api/authorize/consent-page.service.js';
import type { Config } from '../../config/config.js';
import { ConsoleSignIn, goTo } from '../../console/console-sign-in.service.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { PageError } from '../../pages/http/page-error.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { Pages } from '../../pages/http/pages.service.js';

type OfClient = FastifyRequest<{ Params: { id: string } }>;

/** {issuer}/operator/preview/{client_id}: the consent page of a client, for operators alone; a real page on which nothing can be decided. */
@Injectable()
export class ClientPreviewRoutes implements PlainRoutes {
  constructor(
    private readonly signIn: ConsoleSignIn,
    private readonly clients: ClientRegistry,
    private readonly consent: ConsentPage,
    private readonly pages: Pages,
    private readonly errors: PageErrors,
    @Inject(CONFIG) private readonly config: Pick<Config, 'issuer'>,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/operator/preview/:id`;
    this.errors.scope(fastify, (scope) => {
      scope.get(url, (request: OfClient, reply) => this.show(request, reply));
      this.errors.refuseOtherMethods(scope, url, ['GET', 'HEAD']);
    });
  }

  private async show(request: OfClient, reply: FastifyReply): Promise<FastifyReply> {
    const { id } = request.params;
    if (!(await this.signIn.mayEnter('operator', request))) {
      const back = new URLSearchParams({ return: `/operator/preview/${encodeURIComponent(id)}` });
      return goTo(reply, `${this.config.issuer}/console/sign-in?${back.toString()}`);
    }
    const messages = this.pages.messages(request);
    const client = await this.clients.findAfresh(id);
    const view = client && (await this.consent.preview(client, messages));
    if (!view) throw new PageError('not_found', 'not_found');
    return this.pages.send(reply, view, { locale: messages.locale });
  }
}

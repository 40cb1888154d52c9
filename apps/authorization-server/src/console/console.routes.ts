import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { PlainRoutes } from '../http/plain-routes.js';
import { NO_HEAD } from '../http/plain-routes.js';
import { PageError } from '../pages/http/page-error.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { Pages } from '../pages/http/pages.service.js';
import { CONSOLES, type ConsoleName } from './console-address.js';
import { CONSOLE_HEADERS, consoleDocument } from './console-document.js';
import { ConsoleFiles } from './console-files.service.js';
import { ConsoleSignIn, goTo } from './console-sign-in.service.js';

const READING = ['GET', 'HEAD'] as const;

/** {issuer}/console/ and {issuer}/operator/: the consoles' documents, and the way in. */
@Injectable()
export class ConsoleRoutes implements PlainRoutes {
  constructor(
    private readonly files: ConsoleFiles,
    private readonly signIn: ConsoleSignIn,
    private readonly pages: Pages,
    private readonly errors: PageErrors,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      for (const name of CONSOLES) {
        const at = `${prefix}/${name}`;
        scope.get(at, (_request, reply) => goTo(reply, `${this.config.issuer}/${name}/`));
        scope.get(`${at}/*`, (request, reply) => this.screen(name, prefix, { request, reply }));
        for (const url of [at, `${at}/*`]) this.errors.refuseOtherMethods(scope, url, READING);
      }
      const signIn = `${prefix}/console/sign-in`;
      scope.get(signIn, NO_HEAD, (request, reply) => this.signIn.begin(request, reply));
      this.errors.refuseOtherMethods(scope, signIn, ['GET']);
    });
  }

  /** The same document at every address of the console: its script knows the screens. Who is not signed in does that first. */
  private async screen(
    name: ConsoleName,
    prefix: string,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ): Promise<FastifyReply> {
    const entry = this.files.entry(name);
    if (!entry) throw new PageError('not_found', 'console_not_built');
    if (!(await this.signIn.mayEnter(name, request))) {
      const back = new URLSearchParams({ return: (request.raw.url ?? '').slice(prefix.length) });
      return goTo(reply, `${this.config.issuer}/console/sign-in?${back.toString()}`);
    }
    const messages = this.pages.messages(request);
    const headers = { ...CONSOLE_HEADERS, 'content-language': messages.locale };
    return reply.headers(headers).send(consoleDocument(entry, { prefix, messages }));
  }
}

import { type CanActivate, type ExecutionContext, HttpException, Inject, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { IncomingRequest } from '../presented-token.js';
import { check } from '../uma-rule.js';
import { type ProtectionRule, UMA_RULE, UmaSettings } from './protection-rule.js';

/** Of an Express or Fastify response, what the guard uses. */
interface Response {
  header(name: string, value: string): unknown;
}

/** Serves a handler marked with `@Protected` only to holders of a sufficient RPT. Fails closed without the mark. */
@Injectable()
export class UmaGuard implements CanActivate {
  private readonly log = new Logger(UmaGuard.name);

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(UmaSettings) private readonly settings: UmaSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<ProtectionRule<unknown> | undefined>(UMA_RULE, context.getHandler());
    if (!rule) return false;
    const request = context.switchToHttp().getRequest<IncomingRequest>();
    const refused = await check(
      {
        protection: this.settings.protection,
        resource: () => this.settings.find(rule.resource(request)),
        scopes: rule.scopes,
        onFailure: (cause) => this.log.warn(cause instanceof Error ? cause.message : 'Unknown failure'),
      },
      request,
    );
    if (!refused) return true;
    const response = context.switchToHttp().getResponse<Response>();
    for (const [name, value] of Object.entries(refused.headers)) response.header(name, value);
    throw new HttpException(refused.body, refused.status);
  }
}

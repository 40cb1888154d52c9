import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Injection token of the key that stands for alice's own sign-in at the photo service. */
export const OWNER_KEY = Symbol('owner key');

/** Lets alice herself through. A real service would have sessions here; UMA has no say in how owners sign in. */
@Injectable()
export class OwnerGuard implements CanActivate {
  constructor(@Inject(OWNER_KEY) private readonly key: string) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization = '' } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (timingSafeEqual(digest(authorization), digest(`Bearer ${this.key}`))) return true;
    throw new UnauthorizedException({ error: 'unauthorized', error_description: 'Only alice may do this.' });
  }
}

/** Equal lengths for the comparison, so that time tells nothing about where two keys differ. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { sha256 } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Observable } from 'rxjs';
import { lastValueFrom, of } from 'rxjs';
import { toErrorAnswer } from '../../http/error-answer.js';
import { LOGGER } from '../../http/http-tokens.js';
import type { OwnerRequest } from '../owner.guard.js';
import { ChangesOnce } from './changes-once.service.js';
import type { Claim } from './kept-answer.store.js';

const HEADER = 'idempotency-key';
const KEY = /^[\x20-\x7e]{1,255}$/;
const READING = ['GET', 'HEAD', 'OPTIONS'];
/** What belongs to the answer besides its body. */
const KEPT_HEADERS = ['etag', 'location'];
/** Secrets are in the answer that makes them and in no other: what is kept of it has none. */
const SHOWN_ONCE = ['client_secret'];

/** Every change of the owner API that comes with an Idempotency-Key is made once; without one as often as it comes. */
@Injectable()
export class OnceInterceptor implements NestInterceptor {
  constructor(
    private readonly changes: ChangesOnce,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<OwnerRequest>(), http.getResponse<FastifyReply>()];
    const { owner, method, headers } = request;
    const key = headers[HEADER];
    if (key === undefined || owner === undefined || READING.includes(method)) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) throw new OAuthError('invalid_request', 'change_key_malformed');
    const begun = await this.changes.begin({ owner, keyHash: sha256(key) }, digestOf(request));
    if ('claim' in begun) return of(await this.make(begun.claim, next, reply));
    reply.headers(begun.answer.headers);
    return of(begun.answer.body);
  }

  private async make(claim: Claim, next: CallHandler, reply: FastifyReply): Promise<unknown> {
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      const isRefusal = error instanceof OAuthError || toErrorAnswer(error).status < 500;
      await this.note(() => (isRefusal ? this.changes.release(claim) : this.changes.doubt(claim)));
      throw error;
    }
    const headers = KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    await this.note(() =>
      this.changes.keep(claim, { body: withoutSecrets(body), headers: Object.fromEntries(headers) }),
    );
    return body;
  }

  /** The change is made, or refused, whether or not this can be written: then its key is in doubt. */
  private async note(write: () => Promise<void>): Promise<void> {
    await write().catch((error: unknown) => this.logger.error({ error }, 'what came of a change could not be kept'));
  }
}

function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !SHOWN_ONCE.includes(name)));
}

/** Of all that makes it the request it is. */
function digestOf({ method, url, body, headers }: OwnerRequest): string {
  return sha256(JSON.stringify([method, url, body ?? null, headers['if-match'] ?? null]));
}

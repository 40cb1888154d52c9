import { Inject, Injectable } from '@nestjs/common';
import { Clock, issueOpaque, opaqueKeyOf, toNumericDate } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { PUSHED_REQUEST_PREFIX } from '@valetkey/protocol';
import type { AuthorizationRequest } from '../domain/authorization-request/authorization-request.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AUTHORIZATION_OPTIONS } from './authorization-options.js';
import { PushedRequestStore } from './persistence/pushed-request.store.js';

/** Whoever opened a pushed request may take so long to sign in and decide. */
const KEPT = 7_200_000;

/** The body of the answer to a push (RFC 9126 section 2.2). */
export interface PushAnswer {
  readonly request_uri: string;
  readonly expires_in: number;
}

/** Requests that a client pushed, until their code is issued (RFC 9126). */
@Injectable()
export class PushedRequests {
  constructor(
    private readonly store: PushedRequestStore,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  /** Keeps a request that was found good. */
  async push(request: AuthorizationRequest): Promise<PushAnswer> {
    const now = this.clock.now();
    const { value, key } = issueOpaque('pr', now);
    const validUntil = now + this.options.pushedRequestLifetime;
    const writes = new WriteSet();
    this.store.insert(writes, { hash: key, request, validUntil });
    await this.database.commit(writes);
    return {
      request_uri: PUSHED_REQUEST_PREFIX + value,
      expires_in: toNumericDate(this.options.pushedRequestLifetime),
    };
  }

  /**
   * The client's request behind a `request_uri`; `undefined` when there is none, when it is another client's, expired or
   * answered. A look uses nothing up, so that a page can be loaded again (PA-05).
   */
  async peek(requestUri: string, clientId: string): Promise<AuthorizationRequest | undefined> {
    const hash = opaqueKeyOf(requestUri.slice(PUSHED_REQUEST_PREFIX.length), 'pr');
    if (hash === undefined || !requestUri.startsWith(PUSHED_REQUEST_PREFIX)) return undefined;
    const request = await this.store.find(hash, clientId, this.clock.now());
    return request && { ...request, pushed: hash };
  }

  /** Whoever opened the pushed request that this one came from may take her time; nothing for a request that was not pushed. */
  keep(writes: WriteSet, { pushed }: Pick<AuthorizationRequest, 'pushed'>): void {
    if (pushed !== undefined) this.store.keep(writes, pushed, this.clock.now() + KEPT);
  }

  /**
   * Uses up the pushed request that this request came from, together with what it leads to; fails as a condition when it was
   * used up before. Nothing for a request that was not pushed.
   */
  take(writes: WriteSet, { pushed }: Pick<AuthorizationRequest, 'pushed'>): void {
    if (pushed !== undefined) this.store.use(writes, pushed, this.clock.now());
  }
}

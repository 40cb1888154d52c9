import type { HeldTicket } from '@valetkey/grants';
import type { Interaction } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** One request at one browser. */
export interface Exchange {
  readonly http: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The kind's name in the store. */
export const CLAIMS = 'uma_claims';

/** What an interaction of this kind remembers. */
export interface ClaimsContent {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state?: string;
  /** The ticket that the process stands on; the interaction does not know its value. */
  readonly held: HeldTicket;
  /** Whose claims were given, once they were. */
  readonly accountId?: string;
  /** The request that waits for the owner, or that she denied not long ago, where claims were not enough. */
  readonly requestId?: string;
}

export function contentOf({ content }: Interaction): ClaimsContent {
  return content as ClaimsContent;
}

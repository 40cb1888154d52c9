import type { HeldTicket } from '@valetkey/grants';
import type { Interaction } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fact } from './given-claims.js';

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
  /** What she had chosen to send when she had to sign in anew first. */
  readonly begun?: BegunAnswer | undefined;
}

/** An answer that was not taken yet. */
export interface BegunAnswer {
  /** Whose it is (`Visitor.markOf`): nobody else is shown it. */
  readonly mark: string;
  readonly declined: readonly Fact[];
  readonly why?: string;
}

export function contentOf({ content }: Interaction): ClaimsContent {
  return content as ClaimsContent;
}

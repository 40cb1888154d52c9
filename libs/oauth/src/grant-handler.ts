import type { Instant } from '@valetkey/kernel';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { WriteSet } from '@valetkey/persistence';
import type { TokenErrorCode } from '@valetkey/protocol';
import type { Confirmation, TokenOrder } from '@valetkey/tokens';
import type { FormParameters } from './domain/form-parameters.js';
import type { Reason } from './domain/reasons.js';

/** What a grant decides on. */
export interface GrantContext {
  readonly client: Client;
  readonly now: Instant;
  /** Conditional writes and guards that are committed together with the tokens, or not at all. */
  readonly writes: WriteSet;
  /**
   * The key that the request proved to hold, or absent: what the engine binds the tokens to, whatever a grant puts on their
   * content. A grant compares it with what its own artefact is bound to.
   */
  readonly confirmation?: Confirmation | undefined;
}

/** What both kinds of decision may carry. */
interface Noted {
  /** Things that an operator should see, whatever was decided: recorded once, with the decision that counts. */
  readonly events?: readonly string[];
}

/** The grant gives: what to mint, under which authorization. */
export interface Granted extends Noted {
  readonly outcome: 'granted';
  /** A record to begin with this answer; absent when `order` names one that exists. */
  readonly begin?: AuthorizationRecord;
  readonly order: TokenOrder;
  /** Further members of the token response, e.g. `pct`. `scope` only where it differs from what was asked. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** The grant refuses, and what it wrote (a new ticket, the end of a family) is committed with the refusal. */
export interface Refused extends Noted {
  readonly outcome: 'refused';
  readonly code: TokenErrorCode;
  readonly reason: Reason;
  readonly members?: Readonly<Record<string, unknown>>;
  /** The refusal itself is something that an operator should see, e.g. a reused token. */
  readonly securityEvent?: boolean;
}

export type Decision = Granted | Refused;

/** One way in. `ls libs/grants/src` is the list of all. */
export interface GrantHandler<R = unknown> {
  readonly grantType: string;

  /** Shape only. Pure. @throws OAuthError invalid_request */
  parse(parameters: FormParameters): R;

  /**
   * Decides. Reads through stores, adds conditional writes to `context.writes`; never mints, never touches HTTP. May be
   * called again with fresh reads when a condition failed at commit, so it has no other effect.
   */
  authorize(request: R, context: GrantContext): Promise<Decision>;
}

export const GRANT_HANDLERS = Symbol('GrantHandlers');

export function refused(
  code: TokenErrorCode,
  reason: Reason,
  further: Pick<Refused, 'members' | 'securityEvent'> = {},
): Refused {
  return { outcome: 'refused', code, reason, ...further };
}

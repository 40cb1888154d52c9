import { Inject, Injectable } from '@nestjs/common';
import type { AuthorizationRequest } from '@valetkey/oauth';
import type { PersonClaim } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { Sentence } from '../pages/kit/parts.js';
import type { Messages } from '../pages/messages/messages.js';

type Details = NonNullable<AuthorizationRequest['authorizationDetails']>;

/** What is asked for beside scopes. */
export interface AskedBesides {
  /** Claims about her that no scope stands for. */
  readonly claims?: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails?: Details | undefined;
}

/** What is asked for beside scopes, as sentences: she allows nothing that only the technical details say (RA-03). */
@Injectable()
export class AskedSentences {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'authorization'>) {}

  /** One for each claim, each resource and each detail, in this order; a type that is no longer configured is called by its own name. */
  of({ claims = [], resources, authorizationDetails = [] }: AskedBesides, { consent }: Messages): Sentence[] {
    return [
      ...claims.map((claim) => ({ text: consent.claims[claim as PersonClaim] })),
      ...resources.map((resource) => ({ text: consent.resource(resource) })),
      ...authorizationDetails.map((detail) => this.ofDetail(detail)),
    ];
  }

  private ofDetail(detail: Details[number]): Sentence {
    const { type, ...members } = detail;
    const known = this.config.authorization.authorizationDetailsTypes.find((one) => one.type === type);
    const said = linesOf(members).join(' · ');
    return { text: known?.displayName ?? type, ...(said !== '' && { consequence: said }) };
  }
}

/** Every member with its path: none that counts stays unsaid. */
function linesOf(members: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(members).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return linesOf(value as Record<string, unknown>, `${prefix}${name}.`);
    }
    const text = Array.isArray(value) ? value.map(String).join(', ') : String(value);
    return [`${prefix}${name}: ${text}`];
  });
}

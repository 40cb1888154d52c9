import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import type { AuthorizationRequest } from '@valetkey/oauth';
import type { PersonClaim } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { WordedScope } from '../owner-api/scope-wording.store.js';
import { ScopeWordingStore } from '../owner-api/scope-wording.store.js';
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
  constructor(
    private readonly clients: ClientRegistry,
    private readonly wording: ScopeWordingStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'authorization'>,
  ) {}

  /** Scopes in the words of the reader. */
  worded(scopes: readonly string[], { locale }: Messages): Promise<WordedScope[]> {
    return this.wording.describe(scopes, [locale]);
  }

  /** One for each claim, each resource and each detail, in this order; a type that is no longer configured is called by its own name. */
  async of(
    { claims = [], resources, authorizationDetails = [] }: AskedBesides,
    { consent }: Messages,
  ): Promise<Sentence[]> {
    const names = await this.namesOf(resources);
    return [
      ...claims.map((claim) => ({ text: consent.claims[claim as PersonClaim] })),
      ...names.map((name) => ({ text: consent.resource(name) })),
      ...authorizationDetails.map((detail) => this.ofDetail(detail)),
    ];
  }

  /** What each of the resources is called (G16): as its server is; this server, and what is unknown by now, by its host. */
  async namesOf(resources: readonly string[]): Promise<string[]> {
    const servers = resources.length > 0 ? await this.clients.resourceServers() : [];
    return resources.map((resource) => servers.find((one) => one.resource === resource)?.name ?? hostOf(resource));
  }

  private ofDetail(detail: Details[number]): Sentence {
    const { type, ...members } = detail;
    const known = this.config.authorization.authorizationDetailsTypes.find((one) => one.type === type);
    const said = linesOf(members).join(' · ');
    return { text: known?.displayName ?? type, ...(said !== '' && { consequence: said }) };
  }
}

/** A permission as a sentence, with its language where that is not the page's; never the name of a scope. */
export function sentenceOf({ name, undescribed, description, lang }: WordedScope): Sentence {
  return {
    text: undescribed ?? name,
    ...(description !== undefined && { consequence: description }),
    ...(lang !== undefined && { lang }),
  };
}

/** The resource itself where it has no host. */
function hostOf(resource: string): string {
  return new URL(resource).host || resource;
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

import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { ScopeLevel } from '@valetkey/owner-contract';
import type { HandoverDraft, Resource } from '@valetkey/uma';
import { plainReason, ResourceStore } from '@valetkey/uma';
import { SharingWindow } from '../access/sharing-window.service.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import { NamedHolders } from '../directory/named-holders.service.js';
import { accountOf } from '../subjects/subject-handle.js';
import type { Languages } from '../owner-names.service.js';
import type { HandoverBody } from './handover-schemas.js';

/** What somebody may be handed over; who shares further is nobody but the owner. */
const LEVELS: Readonly<Record<HandoverDraft['allow'], readonly ScopeLevel[]>> = {
  see: ['see'],
  act: ['see', 'change', 'act'],
};

/** What a handover would give. */
export interface HandoverPlan {
  readonly draft: HandoverDraft;
  /** Of these there is nothing of that level. */
  readonly leftOut: readonly string[];
  readonly words: ConsoleWords;
}

/** Works out what an owner hands over, before she does and as she does. */
@Injectable()
export class HandoverPlans {
  constructor(
    private readonly resources: ResourceStore,
    private readonly persons: Persons,
    private readonly names: ConsoleNames,
    private readonly window: SharingWindow,
    private readonly named: NamedHolders,
  ) {}

  /**
   * @throws OAuthError not_found for a resource that is not hers, invalid_request for an end that has passed or is too late and for a substitute who
   *   is not there, or is herself
   */
  async of(owner: OwnerId, body: HandoverBody, languages: Languages): Promise<HandoverPlan> {
    const accountId = await this.substitute(owner, body.subject);
    const window = this.window.withEnd(body, 'handover_malformed');
    const resources = await this.owned(owner, body.resource_ids);
    const scopes = resources.flatMap((resource) => [...resource.scopes.keys()]);
    const words = await this.names.of({ accounts: [accountId], resources, scopes }, languages);
    const given = resources
      .map((resource) => ({ resourceId: resource.id, scopes: givenOf(resource, body.allow, words) }))
      .filter((one) => one.scopes.length > 0);
    const leftOut = body.resource_ids.filter((id) => !given.some(({ resourceId }) => resourceId === id));
    const note = plainReason(body.note) ?? null;
    return { draft: { accountId, allow: body.allow, ...window, note, given }, leftOut, words };
  }

  private async substitute(owner: OwnerId, subject: string): Promise<string> {
    const accountId = accountOf(subject);
    if (accountId === undefined || subject === owner) throw new OAuthError('invalid_request', 'holder_unknown');
    await this.named.admit(owner, accountId);
    const person = await this.persons.find(accountId);
    // Who is disabled is told like who is not there.
    if (!person?.enabled) throw new OAuthError('invalid_request', 'holder_unknown');
    return person.id;
  }

  private async owned(owner: OwnerId, ids: readonly string[]): Promise<Resource[]> {
    const found = await this.resources.findAll(ids);
    return ids.map((id) => {
      const resource = found.get(id);
      if (resource?.owner !== owner) throw new OAuthError('not_found', 'not_found');
      return resource;
    });
  }
}

/** What is not described yet is given to nobody without her looking at it. */
function givenOf(resource: Resource, allow: HandoverDraft['allow'], words: ConsoleWords): string[] {
  const described = words.scopes([...resource.scopes.keys()]);
  return described
    .filter(({ level, published }) => published && LEVELS[allow].includes(level))
    .map(({ scope }) => scope);
}

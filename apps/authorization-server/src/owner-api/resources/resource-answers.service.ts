import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Page } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { ListAnswer, ResourceRow, ResourceView } from '@valetkey/owner-contract';
import type { Resource, ResourceHolders } from '@valetkey/uma';
import { OwnedResourceStore, ResourceMarksStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import { inLanguage, taggedMember } from '../localized-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { Languages } from '../owner-names.service.js';
import { linkOf } from './resource-link.js';

/** What clients of the API know a resource by besides. */
interface FormerMembers {
  readonly rs_name: string;
  readonly scopes: readonly string[];
}

type Row = ResourceRow & FormerMembers;

/** Turns an owner's resources into what she reads; a page costs a few reads, however long it is. */
@Injectable()
export class ResourceAnswers {
  constructor(
    private readonly owned: OwnedResourceStore,
    private readonly marks: ResourceMarksStore,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  async list(owner: OwnerId, page: Page<Resource>, languages: Languages): Promise<ListAnswer<Row>> {
    const ids = page.items.map(({ id }) => id);
    const holders = await this.owned.holdersOf(ids, this.clock.now());
    const marks = await this.marks.of(owner, ids);
    const words = await this.names.of({ resources: page.items }, languages);
    const items = page.items.map((resource) => ({
      ...rowOf(resource, words, languages),
      ...marks(resource.id),
      ...holdersAnswer(holders(resource.id)),
    }));
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  async one(owner: OwnerId, resource: Resource, languages: Languages): Promise<ResourceView & FormerMembers> {
    const [row] = (await this.list(owner, { items: [resource] }, languages)).items;
    if (!row) throw new Error('a page of one resource is empty');
    const words = await this.names.of({ scopes: [...resource.scopes.keys()] }, languages);
    const link = linkOf(resource);
    return { ...row, described_scopes: words.scopes([...resource.scopes.keys()]), ...(link !== undefined && { link }) };
  }
}

function rowOf(resource: Resource, words: ConsoleWords, languages: Languages) {
  const { type } = resource.description;
  const description = inLanguage(taggedMember(resource.description, 'description'), languages);
  const named = words.resource(resource.id);
  return {
    ...named,
    rs_name: named.service.name,
    ...(typeof type === 'string' && { type }),
    ...(description !== undefined && { description }),
    scopes: [...resource.scopes.keys()],
    created_at: isoText(resource.createdAt) ?? '',
    updated_at: isoText(resource.updatedAt) ?? '',
  };
}

function holdersAnswer({ nextEnd, ...holders }: ResourceHolders): Pick<ResourceRow, 'holders' | 'next_end'> {
  const end = isoText(nextEnd);
  return { holders, ...(end !== undefined && { next_end: end }) };
}

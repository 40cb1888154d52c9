import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import { TrustedIssuerStore } from '@valetkey/federation';
import { ResourceStore } from '@valetkey/uma';
import { inLanguage, taggedMember } from '../../owner-api/localized-text.js';
import { ScopeWordingStore } from '../../owner-api/scope-wording.store.js';
import { sentenceOf } from '../asked-sentences.service.js';
import type { Sentence } from '../../pages/kit/parts.js';
import type { SentenceRequest } from '@valetkey/wording';

const MOST_NAMES = 3;

/** Scopes on a resource. */
interface Wanted {
  readonly resourceId: string;
  readonly scopes: readonly string[];
}

/** What and whom a process is about, in words that people recognise. */
@Injectable()
export class ProcessNames {
  constructor(
    private readonly persons: Persons,
    private readonly clients: ClientRegistry,
    private readonly resources: ResourceStore,
    private readonly wording: ScopeWordingStore,
    private readonly trusted: TrustedIssuerStore,
  ) {}

  /** Its name, or the identifier where the owner is not there any more. */
  async owner(owner: OwnerId): Promise<string> {
    const id = owner.slice(owner.indexOf(':') + 1);
    const found = owner.startsWith('account:') ? await this.persons.find(id) : await this.clients.find(id);
    return found?.name ?? id;
  }

  /** The first few names; one that was never given is its identifier. */
  async resourcesOf(wanted: readonly Wanted[], locale: string): Promise<string> {
    const names = await Promise.all(wanted.slice(0, MOST_NAMES).map((one) => this.resource(one.resourceId, locale)));
    const more = wanted.length - names.length;
    return new Intl.ListFormat(locale).format(more > 0 ? [...names, `+${more}`] : names);
  }

  /** What these issuers are called; `undefined` for none. */
  async issuers(issuers: readonly string[], locale: string): Promise<string | undefined> {
    if (issuers.length === 0) return undefined;
    const known = (await this.trusted.enabled()).filter(({ issuer }) => issuers.includes(issuer));
    const names = known.map(({ name }) => name).slice(0, MOST_NAMES);
    return names.length === 0 ? undefined : new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
  }

  /** What is asked for, each permission once. */
  async permissions(wanted: readonly Wanted[], locale: string): Promise<Sentence[]> {
    const scopes = [...new Set(wanted.flatMap((one) => one.scopes))];
    const worded = await this.wording.describe(scopes, [locale]);
    return worded.map(sentenceOf);
  }

  /** What is asked for on which resource, for a sentence: none of its words is the name of a scope (G16). */
  async asked(wanted: readonly Wanted[], locale: string): Promise<SentenceRequest['asked']> {
    return Promise.all(
      wanted.map(async ({ resourceId, scopes }) => ({
        resource: { name: await this.resource(resourceId, locale) },
        scopes: await this.wording.views(scopes, [locale]),
      })),
    );
  }

  private async resource(id: string, locale: string): Promise<string> {
    const resource = await this.resources.find(id);
    return (resource && inLanguage(taggedMember(resource.description, 'name'), [locale])) ?? id;
  }
}

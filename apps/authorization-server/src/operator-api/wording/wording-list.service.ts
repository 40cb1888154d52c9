import { Inject, Injectable } from '@nestjs/common';
import { ResourceServerStore } from '@valetkey/clients';
import type { UnpublishedScope, WordingAnswer, WordingRow } from '@valetkey/operator-contract';
import { RegisteredScopeStore } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { OperatorWordingView } from '../../owner-api/wording/operator-wording.service.js';
import { OperatorWording } from '../../owner-api/wording/operator-wording.service.js';
import { idOfScope } from './scope-id.js';

/** Each kind of scopes: those that are worded, and those of resources. */
const MOST_SCOPES = 2_000;

export interface WordingSearch {
  readonly words: string;
  /** Those that owners cannot give yet, alone. */
  readonly onlyLacking: boolean;
}

/** The wording of every scope that owners may meet: that of the file, of resource servers and of their resources. */
@Injectable()
export class WordingList {
  constructor(
    private readonly wording: OperatorWording,
    private readonly registered: RegisteredScopeStore,
    private readonly servers: ResourceServerStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'resourceServers'>,
  ) {}

  /** All that are found, by name, with how much of all is published. */
  async find({ words, onlyLacking }: WordingSearch): Promise<Omit<WordingAnswer, 'next_cursor'>> {
    const worded = await this.wording.names(MOST_SCOPES);
    const { servers, isComplete } = await this.serversOf();
    const scopes = [...new Set([...worded, ...servers.keys()])].sort();
    const rows = (await this.wording.views(scopes)).map((view) => toRow(view, servers.get(view.scope)));
    const sought = words.toLowerCase();
    return {
      items: rows.filter((row) => !(onlyLacking && row.published) && textOf(row).includes(sought)),
      languages: this.wording.languages,
      coverage: { published: rows.filter((row) => row.published).length, all: rows.length },
      is_complete: isComplete && worded.length < MOST_SCOPES,
    };
  }

  /** As it is now, for the answer to a change. */
  async row(view: OperatorWordingView): Promise<WordingRow> {
    const { servers } = await this.serversOf();
    return toRow(view, servers.get(view.scope));
  }

  /** Those of the scopes that nobody can give, in their order. */
  async unpublished(scopes: readonly string[]): Promise<UnpublishedScope[]> {
    const views = (await this.wording.views(scopes)).filter(({ lacking }) => lacking.length > 0);
    if (views.length === 0) return [];
    const { servers } = await this.serversOf();
    return views.map(({ scope, version }) => ({
      scope,
      wording: idOfScope(scope),
      known: version > 0 || servers.has(scope),
    }));
  }

  /** Names of the resource servers of each scope. */
  private async serversOf(): Promise<{ servers: ReadonlyMap<string, ReadonlySet<string>>; isComplete: boolean }> {
    const names = new Map((await this.servers.all()).map(({ clientId, name }) => [clientId, name]));
    const registered = await this.registered.all(MOST_SCOPES);
    const configured = this.config.resourceServers.flatMap(({ clientId, scopes }) =>
      scopes.map((scope) => ({ scope, resourceServerId: clientId })),
    );
    const servers = new Map<string, Set<string>>();
    for (const { scope, resourceServerId } of [...registered, ...configured]) {
      const some = servers.get(scope) ?? new Set();
      servers.set(scope, some.add(names.get(resourceServerId) ?? resourceServerId));
    }
    return { servers, isComplete: registered.length < MOST_SCOPES };
  }
}

function toRow(view: OperatorWordingView, servers: ReadonlySet<string> | undefined): WordingRow {
  const { scope, words, lacking, source, draft, draftLacking, version } = view;
  return {
    id: idOfScope(scope),
    scope,
    servers: [...(servers ?? [])].sort(),
    source,
    published: lacking.length === 0,
    words,
    lacking,
    ...(draft && { draft, draft_lacking: draftLacking }),
    version: String(version),
  };
}

/** What a search looks through: the scope, its words in all languages, and its servers. */
function textOf({ scope, words, servers }: WordingRow): string {
  const texts = Object.values(words.texts).flatMap(({ verb = '', object = '' }) => [verb, object]);
  return [scope, ...servers, ...texts].join('\n').toLowerCase();
}

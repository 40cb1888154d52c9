import { Injectable } from '@nestjs/common';
import type { ActivityEntry } from '@valetkey/activity';
import type { ActivityRow } from '@valetkey/owner-contract';
import type { Mentioned, Words } from '../access/access-words.service.js';
import { AccessWords } from '../access/access-words.service.js';
import { isoText } from '../iso-text.js';
import type { Languages } from '../owner-names.service.js';

/** Turns what happened into what its owner reads. */
@Injectable()
export class ActivityRows {
  constructor(private readonly words: AccessWords) {}

  async of(entries: readonly ActivityEntry[], languages: Languages): Promise<ActivityRow[]> {
    const mentions = {
      subjects: entries.flatMap(subjectsOf),
      resources: entries.flatMap(({ resources }) => resources),
      scopes: entries.flatMap(({ scopes }) => scopes),
    };
    const words = await this.words.of(mentions, languages);
    return entries.map((entry) => toRow(entry, words));
  }
}

function subjectsOf({ actor, holder, holderName, clientId }: ActivityEntry): Mentioned[] {
  const others = [actor, clientId === undefined ? undefined : `client:${clientId}`];
  return [
    ...others.flatMap((handle) => (handle === undefined ? [] : [{ handle }])),
    ...(holder === undefined ? [] : [{ handle: holder, name: holderName }]),
  ];
}

function toRow(entry: ActivityEntry, words: Words): ActivityRow {
  const { id, at, kind, actor, holder, clientId, resources, scopes, endsAt } = entry;
  const isApart = clientId !== undefined && holder !== `client:${clientId}`;
  const until = isoText(endsAt ?? null);
  return {
    ...{ id, at: isoText(at) ?? '', kind },
    ...(actor !== undefined && { actor: words.subject(actor) }),
    ...(holder !== undefined && { holder: words.subject(holder) }),
    ...(isApart && { through: words.subject(`client:${clientId}`) }),
    resources: resources.map((resource) => words.resource(resource.id)),
    scopes: scopes.map((scope) => words.scope(scope)),
    ...(until !== undefined && { until }),
    ...referencesOf(entry),
  };
}

function referencesOf({ accessId, requestId, reference }: ActivityEntry) {
  return {
    ...(accessId !== undefined && { access_id: accessId }),
    ...(requestId !== undefined && { request_id: requestId }),
    ...(reference !== undefined && { reference }),
  };
}

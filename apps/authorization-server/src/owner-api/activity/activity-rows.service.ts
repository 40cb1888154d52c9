import { Injectable } from '@nestjs/common';
import type { ActivityEntry } from '@valetkey/activity';
import type { ActivityRow } from '@valetkey/owner-contract';
import { isoText } from '../iso-text.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { ConsoleWords } from '../naming/console-words.js';
import type { Languages } from '../owner-names.service.js';

/** Turns what happened into what its owner reads. */
@Injectable()
export class ActivityRows {
  constructor(private readonly names: ConsoleNames) {}

  async of(entries: readonly ActivityEntry[], languages: Languages): Promise<ActivityRow[]> {
    const resources = entries.flatMap((entry) => entry.resources);
    const spoken = {
      handles: entries.flatMap(({ actor, holder }) => [actor ?? [], holder ?? []].flat()),
      clients: entries.flatMap(({ clientId }) => clientId ?? []),
      resourceIds: resources.map(({ id }) => id),
      servers: resources.flatMap(({ serverId }) => serverId ?? []),
      scopes: entries.flatMap(({ scopes }) => scopes),
    };
    const words = await this.names.of(spoken, languages);
    return entries.map((entry) => toRow(entry, words));
  }
}

function toRow(entry: ActivityEntry, words: ConsoleWords): ActivityRow {
  const { id, at, kind, actor, holder, holderName, clientId, resources, scopes, endsAt } = entry;
  const isApart = clientId !== undefined && holder !== `client:${clientId}`;
  const until = isoText(endsAt ?? null);
  return {
    ...{ id, at: isoText(at) ?? '', kind },
    ...(actor !== undefined && { actor: words.subjects.of(actor, actor === holder ? holderName : undefined) }),
    ...(holder !== undefined && { holder: words.subjects.of(holder, holderName) }),
    ...(isApart && { through: words.subjects.client(clientId) }),
    resources: resources.map(({ id: resourceId, name, serverId }) =>
      words.resource(resourceId, { name, resourceServerId: serverId }),
    ),
    scopes: words.scopes(scopes),
    ...(until !== undefined && { until }),
    ...referencesOf(entry),
  };
}

function referencesOf({ invited, accessId, requestId, reference }: ActivityEntry) {
  return {
    ...(invited !== undefined && { invited }),
    ...(accessId !== undefined && { access_id: accessId }),
    ...(requestId !== undefined && { request_id: requestId }),
    ...(reference !== undefined && { reference }),
  };
}

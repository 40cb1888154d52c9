import { Injectable } from '@nestjs/common';
import type { BoundedCount as Counted } from '@valetkey/authorizations';
import { ClientHoldingsStore } from '@valetkey/authorizations';
import type { ListedClient, OperatedClient, OperatedSecret } from '@valetkey/clients';
import { OperatedClientStore } from '@valetkey/clients';
import type { BoundedCount, ClientKind, ClientRow, ClientView } from '@valetkey/operator-contract';
import { GRANT_TYPE } from '@valetkey/protocol';
import { usesSecret } from '../../authorization-api/registration/client-changes.service.js';
import { isoText } from '../../owner-api/iso-text.js';
import { WordingList } from '../wording/wording-list.service.js';
import { settingsOf } from './client-settings.js';

/** Clients as the operator's console shows them. */
@Injectable()
export class ClientAnswers {
  constructor(
    private readonly holdings: ClientHoldingsStore,
    private readonly wording: WordingList,
    private readonly clients: OperatedClientStore,
  ) {}

  async row(client: ListedClient): Promise<ClientRow> {
    const [people, lastUse] = await Promise.all([this.holdings.people(client.id), this.holdings.lastUse(client.id)]);
    const used = isoText(lastUse ?? null);
    return {
      client_id: client.id,
      name: client.name,
      ...(client.publisher !== null && { publisher: client.publisher }),
      kind: kindOf(client),
      grant_types: client.grantTypes,
      scopes: client.scopes,
      origin: client.origin,
      state: client.state,
      ...(used !== undefined && { last_used_at: used }),
      people: countOf(people),
    };
  }

  async view(operated: OperatedClient): Promise<ClientView> {
    const { client } = operated;
    const suspended = isoText(operated.suspendedAt);
    return {
      ...(await this.row(operated)),
      version: String(operated.version),
      settings: settingsOf(client),
      unpublished: asksPeople(client) ? await this.wording.unpublished(client.scopes) : [],
      alike: (await this.clients.alike(client)).map(({ id, name }) => ({ client_id: id, name })),
      registered_at: isoText(operated.createdAt) ?? '',
      ...(suspended !== undefined && { suspended_at: suspended }),
      vouched_by: client.metadata.vouchedBy,
      secrets: secretsOf(operated.secrets),
      can: canOf(operated),
      ...(client.grantTypes.includes(GRANT_TYPE.authorizationCode) && {
        preview: `/operator/preview/${encodeURIComponent(client.id)}`,
      }),
    };
  }
}

export function countOf({ count, isMore }: Counted): BoundedCount {
  return { count, ...(isMore && { more: true as const }) };
}

/** The first is the one that stays beside a new one; there is one more at most. */
function secretsOf(secrets: readonly OperatedSecret[]): ClientView['secrets'] {
  const [newest, former] = secrets;
  const [since, formerSince] = [isoText(newest?.createdAt ?? null), isoText(former?.createdAt ?? null)];
  const ends = secrets.flatMap(({ expiresAt }) => expiresAt ?? []);
  const until = isoText(ends.length > 0 ? Math.max(...ends) : null);
  return {
    valid: secrets.length,
    ...(since !== undefined && { newest_since: since }),
    ...(formerSince !== undefined && { former_since: formerSince }),
    ...(until !== undefined && { former_until: until }),
  };
}

/** What a client that acts for itself alone asks for is nobody's to allow. */
function asksPeople({ grantTypes }: OperatedClient['client']): boolean {
  return grantTypes.some((grant) => grant !== GRANT_TYPE.clientCredentials);
}

function kindOf({ isServer, type }: ListedClient): ClientKind {
  return isServer ? 'resource_server' : type;
}

/** What the file says is changed in the file; what a client said of itself it changes itself (RFC 7592). */
export function canOf({ origin, client }: OperatedClient): ClientView['can'] {
  if (origin === 'configuration') return { edit: 'configured', renew_secret: 'configured', remove: 'configured' };
  return {
    edit: origin === 'registration' ? 'registered_itself' : 'yes',
    renew_secret: usesSecret(client) ? 'yes' : 'no_secret',
    remove: 'yes',
  };
}

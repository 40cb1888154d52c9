import type { INestApplicationContext } from '@nestjs/common';
import { Clock, encodeTime, newId } from '@valetkey/kernel';
import { AccountStore } from '@valetkey/accounts';
import { AuthorizationStore, rootAuthorization } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { OAuthError, TargetResolver } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { GRANT_TYPE } from '@valetkey/protocol';
import { TokenIssuer } from '@valetkey/tokens';
import type { CommandOptions } from './open-application.js';
import { OperatorError, withApplication } from './open-application.js';

const USAGE = 'usage: valetkey connect --account <id> --client <client_id> --scope "<scopes>" [--count <n>]';

/**
 * `valetkey connect`: an account authorizes a client, by the operator's hand. This is how a resource server gets its PAT for
 * a person, and an owner her token for the owner API. Prints one JSON object a line.
 */
export async function connect(options: CommandOptions): Promise<void> {
  const { account, client, scope, count = '1' } = options.values;
  if (account === undefined || client === undefined || scope === undefined || !/^[1-9]\d{0,5}$/.test(count)) {
    throw new OperatorError(USAGE);
  }
  await withApplication(options, async (app) => {
    for (let made = 0; made < Number(count); made += 1) {
      options.print(JSON.stringify(await connectOnce(app, account, client, scope)));
    }
  });
}

async function connectOnce(
  app: INestApplicationContext,
  accountId: string,
  clientId: string,
  scope: string,
): Promise<object> {
  const client = await app.get(ClientRegistry).findEnabled(clientId);
  if (!client) throw new OperatorError(`no enabled client is called ${clientId}`);
  if (!(await app.get(AccountStore).isEnabled(accountId)))
    throw new OperatorError(`no enabled account is called ${accountId}`);
  const target = await app
    .get(TargetResolver)
    .resolve(client, scope, [])
    .catch((error: unknown) => {
      throw error instanceof OAuthError ? new OperatorError(error.body.error_description) : error;
    });
  const now = app.get(Clock).now();
  const id = newId('g');
  const fields = {
    id,
    origin: 'owner' as const,
    owner: `account:${accountId}` as const,
    clientId,
    scopes: target.scopes,
  };
  const writes = new WriteSet();
  app.get(AuthorizationStore).insert(writes, rootAuthorization(fields, now));
  const content = { ...target, authorizationId: id, clientId, subject: `account:${accountId}`, permissions: null };
  const familyId = newId(`f${encodeTime(now)}`);
  const tokens = await app.get(TokenIssuer).mint(
    {
      kind: 'at',
      content,
      format: client.accessTokenFormat,
      familyId,
      notAfter: null,
      refresh: mayRefresh(client) ? { replaces: null, content } : null,
    },
    writes,
    now,
  );
  await app.get(Database).commit(writes);
  return { ...tokens, scope: target.scopes.join(' '), grant_id: id };
}

function mayRefresh(client: Client): boolean {
  return client.grantTypes.includes(GRANT_TYPE.refreshToken);
}

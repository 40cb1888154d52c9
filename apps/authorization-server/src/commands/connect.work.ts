import type { INestApplicationContext } from '@nestjs/common';
import { AccountStore } from '@valetkey/accounts';
import { AuthorizationStore, rootAuthorization } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { Clock, encodeTime, newId } from '@valetkey/kernel';
import type { Target } from '@valetkey/oauth';
import { isDpopBound, OAuthError, TargetResolver } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { GRANT_TYPE } from '@valetkey/protocol';
import { TokenIssuer } from '@valetkey/tokens';
import type { WorkContext } from './command.js';
import { OperatorError } from './command.js';

/** Who is to be connected with what, and how often. */
interface ConnectionWish {
  readonly account: string;
  readonly client: string;
  readonly scope: string;
  readonly count: number;
}

/** Prints the first tokens of each connection, in the order of the wishes. @throws OperatorError for one that cannot be */
export async function connectAll(context: WorkContext, wishes: readonly ConnectionWish[]): Promise<number> {
  let made = 0;
  for (const wish of wishes) {
    for (let count = 0; count < wish.count; count += 1) {
      if (context.signal.aborted) throw new OperatorError(`stopped after ${made} connections`);
      await context.print(JSON.stringify(await connectOnce(context, wish)));
      made += 1;
    }
  }
  return 0;
}

async function connectOnce({ app }: Pick<WorkContext, 'app'>, wish: ConnectionWish): Promise<object> {
  const { account: accountId, client: clientId } = wish;
  const client = await clientOf(app, clientId);
  if (!(await app.get(AccountStore).isEnabled(accountId)))
    throw new OperatorError(`no enabled account is called ${accountId}`);
  const target = await targetOf(app, client, wish.scope);
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
      generation: 0,
      notAfter: null,
      refresh: mayRefresh(client) ? { replaces: null, content } : null,
    },
    writes,
    now,
  );
  await app.get(Database).commit(writes);
  return { ...tokens, scope: target.scopes.join(' '), grant_id: id };
}

/** @throws OperatorError for a client that is not there, or whose tokens must be bound to a key: there is none here */
async function clientOf(app: INestApplicationContext, clientId: string): Promise<Client> {
  const client = await app.get(ClientRegistry).findEnabled(clientId);
  if (!client) throw new OperatorError(`no enabled client is called ${clientId}`);
  const { certificateBoundAccessTokens } = client.metadata;
  if (!isDpopBound(client) && !certificateBoundAccessTokens) return client;
  const key = certificateBoundAccessTokens ? 'certificate' : 'DPoP key';
  throw new OperatorError(
    `${clientId} cannot be connected: its tokens are always bound to its ${key}, which only its own requests show`,
  );
}

/** @throws OperatorError that says who asked for what, what is wrong with it, and what would be right */
async function targetOf(app: INestApplicationContext, client: Client, scope: string): Promise<Target> {
  try {
    return await app.get(TargetResolver).resolve(client, scope, []);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const allowed = client.scopes.length > 0 ? client.scopes.join(' ') : 'no scope';
    throw new OperatorError(
      `${client.id} cannot be connected with the scope ${JSON.stringify(scope)}. ${error.body.error_description} ` +
        `It is registered for: ${allowed}`,
    );
  }
}

function mayRefresh(client: Client): boolean {
  return client.grantTypes.includes(GRANT_TYPE.refreshToken);
}

import { readFileSync } from 'node:fs';
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
import { z } from 'zod';
import type { CommandOptions } from './open-application.js';
import { OperatorError, withApplication } from './open-application.js';

const USAGE = [
  'usage: valetkey connect --account <id> --client <client_id> --scope "<scopes>" [--count <n>]',
  '       valetkey connect --from <file>, a JSON array of objects with these members',
].join('\n');

const text = z.string().min(1);
const connectionSchema = z.strictObject({
  account: text,
  client: text,
  scope: text,
  count: z.coerce.number().int().min(1).max(999_999).default(1),
});

/** Who is to be connected with what, and how often. */
type ConnectionWish = z.output<typeof connectionSchema>;

/**
 * `valetkey connect`: accounts authorize clients, by the operator's hand. This is how a resource server gets its PAT for a
 * person, and an owner her token for the owner API. Prints one JSON object a line, in the order of the wishes.
 */
export async function connect(options: CommandOptions): Promise<void> {
  const wishes = readWishes(options);
  await withApplication(options, async (app) => {
    for (const wish of wishes) {
      for (let made = 0; made < wish.count; made += 1) options.print(JSON.stringify(await connectOnce(app, wish)));
    }
  });
}

function readWishes({ values }: CommandOptions): ConnectionWish[] {
  const { from, ...wish } = values;
  try {
    const wished: unknown = from === undefined ? [wish] : JSON.parse(readFileSync(from, 'utf8'));
    return z.array(connectionSchema).parse(wished);
  } catch (cause) {
    throw new OperatorError(USAGE, { cause });
  }
}

async function connectOnce(app: INestApplicationContext, wish: ConnectionWish): Promise<object> {
  const { account: accountId, client: clientId, scope } = wish;
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

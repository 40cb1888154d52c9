import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock, encodeTime, newId } from '@valetkey/kernel';
import { AccountStore } from '@valetkey/accounts';
import { AuthorizationStore, rootAuthorization } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import type { Target } from '@valetkey/oauth';
import { isDpopBound, OAuthError, TargetResolver } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { GRANT_TYPE } from '@valetkey/protocol';
import { TokenIssuer } from '@valetkey/tokens';
import { z } from 'zod';
import type { OptionValues, WorkContext } from './command.js';
import { applicationCommand, OperatorError, UsageError } from './command.js';

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
export const connect = applicationCommand({
  name: 'connect',
  summary: 'authorize a client for an account and print its first tokens',
  usage: ['connect --account <id> --client <client_id> --scope "<scopes>" [--count <n>]', 'connect --from <file>'],
  help: [
    '  --account <id>         who authorizes',
    '  --client <client_id>   who is authorized',
    '  --scope "<scopes>"     what for, with spaces between',
    '  --count <n>            so many independent connections',
    '  --from <file>          a JSON array of objects with these members',
  ],
  options: {
    account: { type: 'string' },
    client: { type: 'string' },
    scope: { type: 'string' },
    count: { type: 'string' },
    from: { type: 'string' },
  },
  positionals: 0,
  input: z.array(connectionSchema),
  read: ({ values }) => readWishes(values),
  work: async (context, wishes) => {
    let made = 0;
    for (const wish of wishes) {
      for (let count = 0; count < wish.count; count += 1) {
        if (context.signal.aborted) throw new OperatorError(`stopped after ${made} connections`);
        await context.print(JSON.stringify(await connectOnce(context, wish)));
        made += 1;
      }
    }
    return 0;
  },
});

function readWishes({ from, ...wish }: OptionValues): unknown {
  if (typeof from !== 'string') return [wish];
  try {
    return JSON.parse(readFileSync(from, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${from} is no JSON file that can be read`, { cause });
  }
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

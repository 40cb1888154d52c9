import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type {
  AuthorizationAnswers,
  AuthorizationRequest,
  AuthorizationRequestReader,
  Consented,
  Consents,
  FormParameters,
  InteractionStore,
  PushedRequests,
} from '@valetkey/oauth';
import type { SecurityEvent } from '@valetkey/audit';
import type { Database, WriteSet } from '@valetkey/persistence';
import { AuthorizationCompletion, RequestEnds } from './authorization-completion.service.js';
import { AuthorizationEndpoint } from './authorization-endpoint.service.js';
import type { AuthorizationSteps, NextAuthorizationStep } from './authorization-steps.service.js';
import type { ConsentedCodes, Standing } from './consented-codes.service.js';

const request = { clientId: 'shop' } as AuthorizationRequest;
const client = { id: 'shop', metadata: { vouchedBy: 'operator' } } as Client;
const session = { accountId: 'alice' } as Session;
const missing = { scopes: ['openid'], already: [], claims: [], resources: [], authorizationDetails: [] };
const standing = (id: string) =>
  ({ step: 'answer', scopes: ['openid'], before: { authorizationId: id } as Consented }) as const;

const events: SecurityEvent[] = [];

/** An endpoint for whom these are the steps, one after the other; a code can rest on the record `living` alone. */
function endpointOf(...steps: NextAuthorizationStep[]) {
  let ask = 0;
  let isLiving = false;
  const codes: Pick<ConsentedCodes, 'issueAgain'> = {
    issueAgain: (_: WriteSet, { before }: Standing) => {
      isLiving = before.authorizationId === 'living';
      return `code on ${before.authorizationId}`;
    },
  };
  const database = { tryCommit: async () => isLiving } as unknown as Database;
  const answers = {
    success: async (_: unknown, code: string) => ({ code }),
    error: async (_: unknown, error: string) => ({ error }),
  } as unknown as AuthorizationAnswers;
  const completion = new AuthorizationCompletion(
    codes as ConsentedCodes,
    answers,
    new RequestEnds({} as InteractionStore, {} as PushedRequests),
    database,
    { now: () => 1 },
    { record: (event) => void events.push(event) },
  );
  const reader = { read: async () => ({ kind: 'valid', client, request }) } as unknown as AuthorizationRequestReader;
  const next = async () => steps[Math.min(ask++, steps.length - 1)];
  const pushed = { keep: () => undefined } as unknown as PushedRequests;
  return new AuthorizationEndpoint(
    reader,
    { next } as unknown as AuthorizationSteps,
    completion,
    answers,
    {} as Consents,
    pushed,
  );
}

describe('attack class 284: what she gave ends while it is answered by', () => {
  const handle = (endpoint: AuthorizationEndpoint) => endpoint.handle({} as FormParameters, session);

  it('she is asked: nothing begins anew by itself', async () => {
    const endpoint = endpointOf(standing('ended'), { step: 'consent', missing });
    expect(await handle(endpoint)).toMatchObject({ kind: 'ask', request });
  });

  it('in silence it is decided again, and the client told', async () => {
    const endpoint = endpointOf(standing('ended'), standing('living'));
    expect(await handle(endpoint)).toMatchObject({ kind: 'answer', answer: { code: 'code on living' } });
  });

  it('RFC 6749 4.1.2.1: an answer that is never fast enough tells the client to try later, and the log why', async () => {
    expect(await handle(endpointOf(standing('ended')))).toMatchObject({
      kind: 'answer',
      answer: { error: 'temporarily_unavailable' },
    });
    expect(events).toEqual([{ event: 'authorization_given_up', reason: 'conflict', clientId: 'shop' }]);
  });
});

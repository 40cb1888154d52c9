import { WriteSet } from '@valetkey/persistence';
import type { AuthorizationDetail } from '@valetkey/tokens';
import { describeDatabases } from '@valetkey/testing';
import { CALLBACK, CHALLENGE, RequestWorld } from './authorization-requests.fixture.js';

const NOW = 1_790_000_000_000;

describeDatabases('RFC 9396 section 12: the same object, given twice', (open) => {
  it.each([
    ['two deeds, and she reads of both', 'transfer', ['changed', 'given']],
    ['one access, of which she reads once', 'payment', ['given']],
  ])('is %s', async (_what, type, told) => {
    const world = new RequestWorld(open().database);
    const accountId = await world.account();
    const client = world.client();
    const request = {
      ...{ clientId: client.id, redirectUri: CALLBACK, responseMode: 'query', codeChallenge: CHALLENGE },
      ...{ scopes: ['openid'], resources: [], prompt: [], acrValues: [], uiLocales: [] },
      authorizationDetails: [{ type, actions: ['initiate'] } as AuthorizationDetail],
    } as const;
    const give = async () => {
      const writes = new WriteSet();
      await world.consents.give(writes, { accountId, client, request, scopes: ['openid'] }, NOW);
      await world.database.commit(writes);
    };
    await give();
    await give();
    const { items } = await world.activity.page(`account:${accountId}`, {}, { limit: 10 });
    expect(items.map(({ kind }) => kind).sort()).toEqual(told);
  });
});

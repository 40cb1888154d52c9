import { clientAssertion, assertionForm, clientOf } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { type Answer, basic } from '../support/http.js';
import { allowedCode } from '../support/person.js';
import { type SecondServer, startSecond } from '../support/second-server.js';
import { type Server, startServer } from '../support/server.js';
import { textMember } from '../support/uma.js';

const ROUNDS = Array.from({ length: 8 }, (_, round) => round);
const TWENTY = Array.from({ length: 20 }, (_, index) => index);
const APP = {
  client_id: 'two-servers',
  name: 'Two servers',
  type: 'public',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['https://shop.example/callback'],
  scopes: ['openid', 'offline_access', 'photos.read'],
  audiences: ['https://photos.example'],
};
const OPTIONS = {
  clients: [APP],
  connections: [{ account: 'alice', client: 'print-shop', scope: 'photos.read', count: ROUNDS.length }],
  config: { tokens: { require_dpop_nonce: true } },
};
const outcome = (answer: Answer) => [answer.status, answer.json().error ?? 'granted'].join(' ');

describe('what is good once is good once at two servers on one database (postgres)', () => {
  let first: Server;
  let beside: SecondServer;
  beforeAll(async () => {
    first = await startServer({ engine: 'postgres', ...OPTIONS });
    beside = await startSecond(first);
  });
  afterAll(async () => {
    await beside?.stop();
    await first?.dispose();
  });

  const both = () => [first, beside.server];
  /** One of the two, in turn. */
  const at = (index: number) => both()[index % 2] ?? first;
  const isActive = async (token: string) => {
    const answers = await Promise.all(both().map((server) => clientOf(server, 'photo-service').introspect(token)));
    return answers.map((answer) => answer.json()['active']);
  };
  const withProof = (server: Server, dpop: string) => {
    const authorization = basic('print-shop', first.world.clients['print-shop'].secret ?? '');
    const form = { grant_type: 'client_credentials', scope: 'photos.read' };
    return server.http.form('/token', form, { headers: { authorization, dpop } });
  };
  const nonceOf = async (server: Server) => {
    const { proof } = await keyHolder(first);
    return String((await withProof(server, await proof('POST', '/token'))).headers['dpop-nonce']);
  };

  it('attack class 39: of 20 redemptions of one code over both one wins, and the replay ends what it gave', async () => {
    for (const round of ROUNDS) {
      const form = await allowedCode(first, 'two-servers', 'openid offline_access photos.read');
      const answers = await Promise.all(TWENTY.map((index) => at(index).http.form('/token', form)));
      const refused = TWENTY.slice(1).map(() => '400 invalid_grant');
      expect([round, answers.map(outcome).sort()]).toEqual([round, ['200 granted', ...refused]]);
      const [won] = answers.filter(({ status }) => status === 200);
      expect(await isActive(won ? textMember(won, 200, 'access_token') : '')).toEqual([false, false]);
    }
  });

  it('attack class 47: of 20 refreshes with one token over both at most two are answered, and one successor lives', async () => {
    for (const round of ROUNDS) {
      const { refresh_token: token = '' } = first.connections[round] ?? {};
      const answers = await Promise.all(TWENTY.map((index) => clientOf(at(index), 'print-shop').refresh(token)));
      const [granted, refused] = [true, false].map((is) => answers.filter(({ status }) => (status === 200) === is));
      expect([1, 2]).toContain(granted?.length);
      expect(refused?.map(outcome)).toEqual(refused?.map(() => '400 invalid_grant'));
      const successors = await Promise.all(
        (granted ?? []).map(async (answer) => {
          const looked = await clientOf(first, 'print-shop').introspect(textMember(answer, 200, 'refresh_token'));
          return looked.json()['active'];
        }),
      );
      expect([round, successors.filter(Boolean)]).toEqual([round, [true]]);
    }
  });

  it('attack class 62: a client assertion is good at one of both, in turn and at once', async () => {
    const form = { grant_type: 'client_credentials', scope: 'photos.read' };
    for (const round of ROUNDS) {
      const assertion = await clientAssertion(first.world.clients['signed-shop'], first.issuer);
      const sends = (server: Server) => server.http.form('/token', { ...form, ...assertionForm(assertion) });
      const answers =
        round < 2 ? [await sends(at(round)), await sends(at(round + 1))] : await Promise.all(both().map(sends));
      expect([round, answers.map(outcome).sort()]).toEqual([round, ['200 granted', '401 invalid_client']]);
    }
  });

  it('attack class 185: a DPoP proof is good at one of both, in turn and at once', async () => {
    const nonce = await nonceOf(first);
    for (const round of ROUNDS) {
      const { proof } = await keyHolder(first);
      const dpop = await proof('POST', '/token', { nonce });
      const sends = (server: Server) => withProof(server, dpop);
      const answers =
        round < 2 ? [await sends(at(round)), await sends(at(round + 1))] : await Promise.all(both().map(sends));
      expect([round, answers.map(outcome).sort()]).toEqual([round, ['200 granted', '400 invalid_dpop_proof']]);
    }
  });

  it('DP-04 attack class 184: the nonce of either is good at both', async () => {
    for (const giver of both()) {
      const nonce = await nonceOf(giver);
      for (const taker of both()) {
        const { proof } = await keyHolder(first);
        expect(outcome(await withProof(taker, await proof('POST', '/token', { nonce })))).toBe('200 granted');
      }
    }
  });
});

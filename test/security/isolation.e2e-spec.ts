import fc from 'fast-check';

import { describeServer } from '../support/engines.js';
import type { ConnectionRequest } from '../support/server.js';
import { ownerApi, protectionApi } from '../support/uma.js';
import { OTHERS, PHOTOS } from '../support/world.js';
import { ACTIONS, GIVES_PART, IsolationActions, OWNERS, SERVICES, type Step } from './isolation-actions.js';
import { IsolationModel } from './isolation-model.js';
import { Operator } from './isolation-operator.js';

/** More of it looks at more lives: `VALETKEY_ISOLATION_SECONDS=600` for a long run. */
const TIME_LIMIT = Number(process.env['VALETKEY_ISOLATION_SECONDS'] ?? 8) * 1_000;
/** A slow machine goes on until there is enough to prove anything. */
const TEST_LIMIT = 300_000 + TIME_LIMIT;
/** More lives than there is time for. */
const RUNS = TIME_LIMIT / 100;

const connections: ConnectionRequest[] = OWNERS.flatMap((account) => [
  ...SERVICES.map((client) => ({ account, client, scope: 'uma_protection' })),
  { account, client: 'owner-app', scope: 'authorizations authorizations.write' },
]);
const resourceServers = SERVICES.map((client) => ({
  client_id: client,
  resource: client === 'photo-service' ? PHOTOS : OTHERS,
  name: client,
  scopes: client === 'photo-service' ? ['photos.read', 'photos.write'] : ['others.read'],
  partial_grant: client === GIVES_PART,
}));

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  numbers: fc.array(fc.nat(10_000), { minLength: 8, maxLength: 20 }),
});
const life = (least: number, most: number) => fc.array(step, { minLength: least, maxLength: most, size: 'max' });
const some = (action: 'register' | 'share' | 'request') =>
  fc.array(fc.record({ action: fc.constant(action), numbers: step.map(({ numbers }) => numbers) }), {
    minLength: 2,
    maxLength: 4,
  });
/** Something to share comes first, and is shared. */
const first = fc
  .tuple(some('register'), some('share'))
  .map(([registered, shared]): Step[] => [...registered, ...shared]);
const steps = fc.tuple(first, life(80, 120)).map(([begin, then]): Step[] => [...begin, ...then]);
const operation = fc.record({ action: fc.constant('operate' as const), numbers: step.map(({ numbers }) => numbers) });
/** A life with a few changes by the operator in it. */
const operatedSteps = fc
  .tuple(
    first,
    some('request'),
    fc.array(fc.tuple(life(25, 40), operation), { minLength: 2, maxLength: 3 }),
    life(25, 40),
  )
  .map(([begin, asked, parts, end]): Step[] => [
    ...begin,
    ...asked,
    ...parts.flatMap(([some, change]) => [...some, change]),
    ...end,
  ]);

/** How often something was given, and an RPT upgraded. */
interface Seen {
  granted: number;
  upgraded: number;
}
const isAtLeast = (seen: Seen, enough: Seen) => seen.granted >= enough.granted && seen.upgraded >= enough.upgraded;

const OPTIONS = { connections, config: { resource_servers: resourceServers } };

describeServer('isolation of owners, resource servers and clients', OPTIONS, (server) => {
  const tokenOf = (account: string, client: string): string => {
    const index = connections.findIndex((one) => one.account === account && one.client === client);
    return server().connections[index]?.access_token ?? '';
  };
  const apis = () => ({
    pat: ({ owner, service }: { owner: string; service: string }) => protectionApi(server(), tokenOf(owner, service)),
    owner: (name: string) => ownerApi(server(), tokenOf(name, 'owner-app')),
  });
  /** Lives such lives for as long as there is time, and until enough has happened. */
  const live = async ({ lives, enough }: { lives: fc.Arbitrary<Step[]>; enough: Seen }, operator?: Operator) => {
    const [seen, deadline] = [{ granted: 0, upgraded: 0 }, Date.now() + TIME_LIMIT];
    const isOver = () => Date.now() > deadline && isAtLeast(seen, enough);
    const property = fc.asyncProperty(lives, async (all) => {
      if (isOver()) return;
      const model = new IsolationModel();
      await operator?.apply(model);
      const actions = new IsolationActions(server(), apis(), model, operator);
      for (const one of all) {
        if (isOver()) break;
        const { granted, upgraded } = actions;
        await actions.run(one);
        seen.granted += actions.granted - granted;
        seen.upgraded += actions.upgraded - upgraded;
      }
      await actions.sweep();
    });
    await fc.assert(property, { numRuns: RUNS });
    expect([seen, isAtLeast(seen, enough)]).toEqual([seen, true]);
  };

  it(
    'UF-07 UF-08 UF-30 UG-32 whatever owners, servers and clients do, nobody sees a permission that was not given',
    async () => {
      // Without any grant the property would say nothing.
      await live({ lives: steps, enough: { granted: 21, upgraded: 1 } });
    },
    TEST_LIMIT,
  );

  it(
    'UG-32 UG-34 nor when the operator links people to other accounts, and disables accounts and clients in between',
    async () => {
      const enough = { granted: 3, upgraded: 0 };
      await live({ lives: operatedSteps, enough }, new Operator(server()));
    },
    TEST_LIMIT,
  );
});

import fc from 'fast-check';

import { describeServer } from '../support/engines.js';
import type { ConnectionRequest } from '../support/server.js';
import { ownerApi, protectionApi } from '../support/uma.js';
import { ACTIONS, IsolationActions, OWNERS, SERVICES, type Step } from './isolation-actions.js';
import { IsolationModel } from './isolation-model.js';

const TIME_LIMIT = 25_000;
const RUNS = 60;

const connections: ConnectionRequest[] = OWNERS.flatMap((account) => [
  ...SERVICES.map((client) => ({ account, client, scope: 'uma_protection' })),
  { account, client: 'owner-app', scope: 'authorizations authorizations.write' },
]);

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  numbers: fc.array(fc.nat(10_000), { minLength: 6, maxLength: 12 }),
});
/** Something to share comes first. */
const steps = fc
  .tuple(
    fc.array(fc.record({ action: fc.constant('register' as const), numbers: fc.array(fc.nat(99), { minLength: 6 }) }), {
      minLength: 2,
      maxLength: 4,
    }),
    fc.array(step, { minLength: 80, maxLength: 120, size: 'max' }),
  )
  .map(([first, then]): Step[] => [...first, ...then]);

describeServer('isolation of owners, resource servers and clients', { connections }, (server) => {
  const tokenOf = (account: string, client: string): string => {
    const index = connections.findIndex((one) => one.account === account && one.client === client);
    return server().connections[index]?.access_token ?? '';
  };

  it(
    'UF-07 UF-08 UF-30 UG-32 whatever owners, servers and clients do, nobody sees a permission that was not given',
    async () => {
      const apis = {
        pat: ({ owner, service }: { owner: string; service: string }) =>
          protectionApi(server(), tokenOf(owner, service)),
        owner: (name: string) => ownerApi(server(), tokenOf(name, 'owner-app')),
      };
      let granted = 0;
      const property = fc.asyncProperty(steps, async (all) => {
        const actions = new IsolationActions(server(), apis, new IsolationModel());
        for (const one of all) await actions.run(one);
        await actions.sweep();
        granted += actions.granted;
      });
      await fc.assert(property, { numRuns: RUNS, interruptAfterTimeLimit: TIME_LIMIT });
      // A slow machine gets through fewer runs; without grants the property would say nothing.
      while (granted <= 20) await fc.assert(property, { numRuns: 1 });
    },
    TIME_LIMIT + 200_000,
  );
});
